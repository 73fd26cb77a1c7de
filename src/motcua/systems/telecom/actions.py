"""Listing the streets of a phase from a file: looked at row by row, then all of them or none."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Agency
from motcua.core.dossiers import answers
from motcua.core.dossiers.erased import NO_FIELDS
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Filing
from motcua.core.procedures.declaration import FieldType
from motcua.core.procedures.fields import validate
from motcua.core.procedures.queries import current
from motcua.core.registers.loading import register_of
from motcua.core.registers.rights import day_of
from motcua.core.registers.sheets import rows_of
from motcua.core.sql import act
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import fold
from motcua.systems.telecom.queries import STREETS
from motcua.systems.telecom.rules import (
    MOST_LISTED,
    NEW,
    THERE,
    TWICE,
    WRONG,
    ListFaulty,
    ListTooLong,
    same_street,
)

CHANNEL = "office"
_HOTLINE = "1022"
_OFF = ("dropped", "withdrawn")
_ANY = "telecom_operators"  # only how a sheet is read is taken of it

Told = Mapping[str, object]
Line = tuple[int, Told]


@dataclass(frozen=True, slots=True)
class Looked:
    """A row of a list: its line in the file, what it says, what it is, and what is wrong there."""

    line: int
    told: Told
    state: str
    problems: Mapping[str, Refused] = field(default_factory=dict)


def look_at(lines: Sequence[Line], *, agency_id: int, on: datetime.date) -> list[Looked]:
    """Tell of each row of a list what it would become. Raises `ListTooLong`."""
    if len(lines) > MOST_LISTED:
        raise ListTooLong(most=MOST_LISTED)
    there, seen = _listed(agency_id), set[tuple[str, ...]]()
    return [_look(line, told, there, seen, on) for line, told in lines]


def _look(
    line: int,
    told: Told,
    there: set[tuple[str, ...]],
    seen: set[tuple[str, ...]],
    on: datetime.date,
) -> Looked:
    try:
        values = validate(current(STREETS).declaration, told, on=on)
    except Invalid as invalid:
        return Looked(line, told, WRONG, invalid.problems)
    key = same_street(values)
    state = TWICE if key in seen else THERE if key in there else NEW
    seen.add(key)
    return Looked(line, values, state)


def _listed(agency_id: int) -> set[tuple[str, ...]]:
    """Give the stretches that are listed with an agency; one that was taken off may come again."""
    rows = Dossier.objects.filter(version__procedure__code=STREETS, receiving_agency=agency_id)
    rows = rows.exclude(fields=NO_FIELDS).exclude(step__in=_OFF)
    return {same_street(answers.read(text)) for text in rows.values_list("fields", flat=True)}


def list_streets(
    *, actor: Actor, at: datetime.datetime, agency_id: int, lines: Sequence[Line]
) -> int:
    """List every street of a file that is not listed yet; give how many those are.

    All or none; the same file again lists none. Raises `ListTooLong`, `ListFaulty` and what filing
    refuses (`NotYourCounter` above all).
    """
    with act():
        keeper = Agency.objects.select_for_update().get(pk=agency_id)  # one list at a time
        looked = look_at(lines, agency_id=agency_id, on=day_of(at))
        wrong = [str(one.line) for one in looked if one.state == WRONG]
        if wrong:
            raise ListFaulty(lines=", ".join(wrong[:20]))
        new = [one for one in looked if one.state == NEW]
        for one in new:
            filing = _filing(one.told, agency_id, keeper.phone or _HOTLINE)
            file(actor=actor, at=at, filing=filing, key=None, take_in=True)
    return len(new)


def _filing(told: Told, agency_id: int, phone: str) -> Filing:
    """File a street for its investor; who has no number of theirs is reached through the agency."""
    applicant = {"kind": "enterprise", "name": told["enterprise"], "phone": phone}
    return Filing(
        procedure=STREETS,
        agency_id=agency_id,
        applicant=applicant,
        fields=told,
        evidence=(),
        channel=CHANNEL,
    )


_YES = dict.fromkeys(("co", "x", "yes", "true", "1"), "true")
_NO = dict.fromkeys(("khong", "no", "false", "0"), "false")


def streets_in(body: bytes) -> list[tuple[int, dict[str, str]]]:
    """Read a list of streets, CSV or XLSX: the line of each, and its answers by field.

    Its columns are the fields of the procedure, by key or by name in either language. Raises what
    reading a file of records raises (`FileUnreadable`, `ColumnUnknown`, `NoRows`, `FileTooLong`).
    """
    fields = current(STREETS).declaration.fields
    columns = replace(register_of(_ANY), fields=fields, references=())
    flags = {one.key for one in fields if one.type is FieldType.BOOLEAN}
    return [(row.line, _street_of(row.cells, flags)) for row in rows_of(columns, body)]


def _street_of(cells: Mapping[str, str], flags: Collection[str]) -> dict[str, str]:
    told = {key: cell.strip() for key, cell in cells.items() if cell.strip()}
    said = _YES | _NO
    return {key: said.get(fold(one), one) if key in flags else one for key, one in told.items()}
