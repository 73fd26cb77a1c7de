"""Records of an agency that ended go to its heirs: what it said stays, who keeps it changes.

Each passes on as a version from the day of the reform on, with its entry, within the run that
passes the dossiers on. Retired ones go along, so that somebody can restore them. Nobody has
confirmed a record by that: its cycle goes on.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Collection, Iterator

from django.db.models import Count, QuerySet

from motcua.core.access.actors import house
from motcua.core.agencies.heirs import has_ended, heir_of
from motcua.core.agencies.models import Heir
from motcua.core.areas.models import Area
from motcua.core.reform.followers import NO_PROCEDURE, Held, follow
from motcua.core.reform.models import Reform
from motcua.core.registers.declaration import AREA, RegisterDeclaration
from motcua.core.registers.loading import register_of, registers
from motcua.core.registers.models import Record
from motcua.core.registers.rights import day_of
from motcua.core.registers.standing import as_it_is
from motcua.core.registers.writing import Change, write
from motcua.core.sql import Tx
from motcua.kernel.errors import Refused

ACT = "reform"
_ACTOR = house("reform")


class NoHeirOfRecord(Refused):
    """No heir of the agency takes this record over: each has a procedure or an area of its own."""

    code = "registers.no_heir"
    vi = "Chưa có cơ quan nào kế thừa bản ghi {record} của sổ đăng ký."
    en = "No agency takes over record {record} of a register."
    status = 409


class Records:
    """How records of registers follow the heirs."""

    def held(self, agencies: Collection[int], *, by_area: bool) -> Iterator[Held]:
        """Give how many records there are by agency and register, and by area where asked."""
        for declaration in registers().values():
            rows = Record.objects.filter(register=declaration.key, agency__in=agencies)
            counts = (_by_area if by_area else _in_all)(declaration, rows)
            for (agency_id, area), count in sorted(counts.items()):
                yield Held(agency_id, area, declaration.posts, count)

    def left(self) -> list[int]:
        """Give the records that are still with an agency that has heirs."""
        return list(left_behind().order_by("pk").values_list("pk", flat=True))

    def take_over(self, tx: Tx, number: int, *, at: datetime.datetime, reform: Reform) -> bool:
        """Pass a record on to its heir; False where somebody was first."""
        row = Record.objects.select_for_update().filter(pk=number).first()
        if row is None or not has_ended(row.agency_id):
            return False
        declaration = register_of(row.register)
        area = _code_of(declaration, row.values)
        heir = heir_of(row.agency_id, NO_PROCEDURE, area)
        if has_ended(heir):
            raise NoHeirOfRecord(record=row.pk)
        at = max(at, row.recorded_at)
        change = Change(
            row,
            ACT,
            as_it_is(declaration, row, day_of(at)),
            max(row.since, reform.on),
            retired=row.retired,
            heir_id=heir,
            told={"reform": reform.pk, "from": row.agency_id},
        )
        write(tx, declaration, [change], actor=_ACTOR, at=at)
        return True


def left_behind() -> QuerySet[Record]:
    """Give the records of declared registers that lie with an agency that has heirs."""
    ended = Heir.objects.order_by().values("agency_id")
    return Record.objects.filter(register__in=list(registers()), agency__in=ended)


def _in_all(_declaration: RegisterDeclaration, rows: QuerySet[Record]) -> Counter[tuple[int, str]]:
    found = rows.order_by().values_list("agency_id").annotate(n=Count("pk"))
    return Counter({(agency_id, ""): count for agency_id, count in found})


def _by_area(declaration: RegisterDeclaration, rows: QuerySet[Record]) -> Counter[tuple[int, str]]:
    if _area_key(declaration) is None:
        return _in_all(declaration, rows)
    counts: Counter[tuple[int, str]] = Counter()
    told = rows.order_by().values_list("agency_id", "values").iterator(chunk_size=1000)
    for agency_id, values in told:
        counts[agency_id, _unit_of(declaration, values)] += 1
    codes = _codes({unit for _, unit in counts})
    found: Counter[tuple[int, str]] = Counter()
    for (agency_id, unit), count in counts.items():
        found[agency_id, codes.get(unit, "")] += count
    return found


def _area_key(declaration: RegisterDeclaration) -> str | None:
    """Give the first of its references that says in which area a record lies."""
    return next((one.key for one in declaration.references if one.to == AREA), None)


def _unit_of(declaration: RegisterDeclaration, values: str) -> str:
    key = _area_key(declaration)
    return str(json.loads(values).get(key, "")) if key else ""


def _code_of(declaration: RegisterDeclaration, values: str) -> str:
    unit = _unit_of(declaration, values)
    return _codes({unit}).get(unit, "") if unit else ""


def _codes(units: set[str]) -> dict[str, str]:
    """Give the codes of areas, by which a plan of a reform names them as dossiers do."""
    return dict(Area.objects.filter(unit_id__in=units).values_list("unit_id", "code"))


follow(Records())
