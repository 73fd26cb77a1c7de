"""Too many faulty records of an agency open a dossier for its steward (DESIGN §10, ADR 0047).

Faulty is a record that is not complete, breaks a rule or was not confirmed in time. The house
counts them as the quality page does; the dossier says what was counted, and runs on its clock.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet

from motcua.core.access.actors import house
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.filing import NotReceivedThere, file
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Filing
from motcua.core.procedures.queries import NotOffered, current
from motcua.core.registers.declaration import Mending, RegisterDeclaration
from motcua.core.registers.loading import registers
from motcua.core.registers.models import Record
from motcua.core.registers.querying import FAILINGS, fails
from motcua.core.registers.rights import day_of
from motcua.kernel.vietnamese import fold

ACTOR = house("registers")
QUIET = datetime.timedelta(days=30)
"""For so long nothing is opened about records that a head left as they are."""

CHANNEL = "schedule"
_FIRST, _LONGEST = 20, 2000
_HOTLINE = "1022"


@dataclass(frozen=True, slots=True)
class Faults:
    """How many records of an agency are in use, how many are faulty, and in which way."""

    agency_id: int
    total: int
    faulty: int
    by: dict[str, int]

    def exceeds(self, percent: int) -> bool:
        """Tell whether more than so many of a hundred records are faulty."""
        return self.faulty * 100 > self.total * percent


def open_where_due(at: datetime.datetime) -> list[int]:
    """Open a dossier at every agency whose records of a register have too many faults.

    Where one is open already, or a head has left the records as they are a short time ago, none is;
    nor where nobody of the agency could take it. Gives the dossiers that were opened.
    """
    return [
        number
        for declaration in registers().values()
        if declaration.mending is not None
        for number in _open_of(declaration, declaration.mending, at)
    ]


def faults_of(declaration: RegisterDeclaration, on: datetime.date) -> list[Faults]:
    """Count the faulty records of a register, by agency."""
    conditions = {what: fails(declaration, what, on) for what in FAILINGS}
    rows = (
        Record.objects.filter(register=declaration.key, retired=False)
        .order_by()
        .values("agency_id")
        .annotate(
            total=Count("pk"),
            faulty=Count("pk", filter=reduce(or_, conditions.values())),
            **{what: Count("pk", filter=condition) for what, condition in conditions.items()},
        )
        .order_by("agency_id")
    )
    counted: list[Mapping[str, Any]] = [{**row} for row in rows]
    return [
        Faults(row["agency_id"], row["total"], row["faulty"], {one: row[one] for one in FAILINGS})
        for row in counted
    ]


def mended(declaration: RegisterDeclaration) -> QuerySet[Dossier]:
    """Give every dossier about the records of a register, the latest first."""
    procedure_id = _procedure(declaration)
    if procedure_id is None:
        return Dossier.objects.none()
    return Dossier.objects.filter(
        procedure_id=procedure_id,
        indexed_fields__procedure_id=procedure_id,
        indexed_fields__key="key",
        indexed_fields__text=fold(declaration.key),
    ).order_by("-pk")


def _procedure(declaration: RegisterDeclaration) -> int | None:
    """Give the published procedure by which a register is mended."""
    if declaration.mending is None:
        return None
    try:
        return current(declaration.mending.procedure).procedure_id
    except NotOffered:
        return None


def _open_of(
    declaration: RegisterDeclaration, mending: Mending, at: datetime.datetime
) -> list[int]:
    opened: list[int] = []
    if _procedure(declaration) is None:
        return opened
    for told in faults_of(declaration, day_of(at)):
        key = _key(declaration, told.agency_id, at)  # before it is looked whether one is open
        if not told.exceeds(mending.over) or _rests(declaration, told.agency_id, at):
            continue
        try:
            done = file(actor=ACTOR, at=at, filing=_filing(declaration, told, at), key=key)
        except NotReceivedThere:
            continue
        if not done.repeated:
            opened.append(done.dossier_id)
    return opened


def _key(declaration: RegisterDeclaration, agency_id: int, at: datetime.datetime) -> str:
    """Give the request key under which one of two jobs at once files.

    It names the latest dossier, not how many there are: erased ones are found no more.
    """
    latest = mended(declaration).values_list("pk", flat=True).first() or 0
    return f"{declaration.key}:{agency_id}:{latest}:{day_of(at).isoformat()}"


def _rests(declaration: RegisterDeclaration, agency_id: int, at: datetime.datetime) -> bool:
    left = Q(state="stopped", finished_at__gt=at - QUIET)
    held = mended(declaration).filter(holding_agency=agency_id)
    return held.filter(Q(closed=False) | left).exists()


def _filing(declaration: RegisterDeclaration, told: Faults, at: datetime.datetime) -> Filing:
    assert declaration.mending is not None
    keeper = agency(told.agency_id)
    day = calendars[keeper.calendar].local(at).date()
    return Filing(
        procedure=declaration.mending.procedure,
        agency_id=keeper.id,
        applicant={"kind": "enterprise", "name": keeper.name_vi, "phone": keeper.phone or _HOTLINE},
        fields={
            "register": declaration.name.vi,
            "key": declaration.key,
            "measured_on": day.isoformat(),
            "total": told.total,
            "faulty": told.faulty,
            **told.by,
            "first": _first(declaration, told.agency_id, day_of(at)),
        },
        channel=CHANNEL,
    )


def _first(declaration: RegisterDeclaration, agency_id: int, on: datetime.date) -> str:
    """Name the first faulty records: what names a record is public by its declaration."""
    faulty = reduce(or_, (fails(declaration, what, on) for what in FAILINGS))
    rows = Record.objects.filter(
        faulty, register=declaration.key, agency=agency_id, retired=False
    ).order_by("pk")
    return "\n".join(rows.values_list("title", flat=True)[:_FIRST])[:_LONGEST]
