"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.core.access.actors import Actor
from motcua.core.dossiers import answers
from motcua.core.files.store import Stored
from motcua.core.procedures.declaration import Grade
from motcua.core.procedures.fields import validate_fields
from motcua.core.registers.acts import RecordRetired
from motcua.core.registers.declaration import ReferenceRule, RegisterDeclaration
from motcua.core.registers.models import Record
from motcua.core.registers.preparing import (
    AS_BEFORE,
    KEY,
    Order,
    Prepared,
    prepare,
)
from motcua.core.registers.references import Resolver
from motcua.core.registers.rules import natural_of
from motcua.core.registers.sheets import Row
from motcua.kernel import geometry
from motcua.kernel.errors import Invalid, Refused

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"
_AT_ONCE = 500
_MASK = "***"


class TwiceInFile(Refused):
    """Two rows say the same record."""

    code = "registers.twice_in_file"
    vi = "Trùng khóa với dòng {line} của tệp."
    en = "The key is that of line {line} of the file."


class KeptElsewhere(Refused):
    """Another agency keeps the record."""

    code = "registers.kept_elsewhere"
    vi = "Bản ghi này do cơ quan khác phụ trách."
    en = "Another agency keeps this record."


@dataclass(slots=True)
class Planned:
    """One row: what would become of it, and why not where it is wrong.

    `photo` is one that its record gets. A photo that no row names stands here with its `named`.
    """

    row: Row
    outcome: str = NEW
    natural: str = ""
    record: Record | None = None
    prepared: Prepared | None = None
    problems: Mapping[str, Refused] = field(default_factory=dict)
    photo: Stored | None = None
    named: str = ""

    def wrong(self, problems: Mapping[str, Refused]) -> None:
        """Note why the row cannot be taken."""
        self.outcome, self.problems = WRONG, problems


def plan(
    actor: Actor,
    declaration: RegisterDeclaration,
    agency_id: int,
    rows: Sequence[Row],
    *,
    on: datetime.date,
) -> list[Planned]:
    """Plan an import for an agency; nothing is written and no row is left out."""
    resolver = Resolver(actor, on, many=len(rows) > _AT_ONCE)
    found = [Planned(row) for row in rows]
    lines: dict[str, int] = {}
    for one in found:
        _name(declaration, one, resolver, lines, on)
    known = dict(_known(declaration, [one.natural for one in found if one.natural]))
    for one in found:
        if one.outcome != WRONG:
            one.record = known.get(one.natural)
            _prepare(declaration, agency_id, one, resolver, on)
    return found


def _name(
    declaration: RegisterDeclaration,
    one: Planned,
    resolver: Resolver,
    lines: dict[str, int],
    on: datetime.date,
) -> None:
    """Find the natural key of a row, by which it is a new record or one that is there."""
    try:
        one.natural = _natural(declaration, one.row, resolver, on)
    except Invalid as invalid:
        one.wrong(invalid.problems)
    except Refused as refused:
        one.wrong({KEY: refused})
    else:
        first = lines.setdefault(one.natural, one.row.line)
        if first != one.row.line:
            one.wrong({KEY: TwiceInFile(line=first)})


def _natural(
    declaration: RegisterDeclaration, row: Row, resolver: Resolver, on: datetime.date
) -> str:
    parts = [one for one in declaration.parts() if one.key in declaration.natural]
    rules = [one for one in parts if not isinstance(one, ReferenceRule)]
    said = {rule.key: row.cells.get(rule.key) for rule in rules}
    values = validate_fields(rules, said, on=on)
    for one in parts:
        if isinstance(one, ReferenceRule):
            found = resolver.find(one, row.cells.get(one.key))
            values[one.key] = found.kept if found else ""
    return natural_of(declaration, values)


def _known(
    declaration: RegisterDeclaration, naturals: Sequence[str]
) -> Iterator[tuple[str, Record]]:
    for start in range(0, len(naturals), _AT_ONCE):
        some = naturals[start : start + _AT_ONCE]
        for row in Record.objects.filter(register=declaration.key, natural__in=some):
            yield row.natural, row


def _prepare(
    declaration: RegisterDeclaration,
    agency_id: int,
    one: Planned,
    resolver: Resolver,
    on: datetime.date,
) -> None:
    record = one.record
    refusal = _refusal(record, agency_id)
    if refusal is not None:
        one.wrong({KEY: refusal})
        return
    before = answers.read(record.values) if record else {}
    said = _said(declaration, one.row, known=record is not None)
    shape: object = one.row.geometry
    if record is not None and not one.row.has_geometry and record.geometry:
        kept = geometry.kept(record.geometry)
        shape = kept.geojson() if kept else None
    try:
        one.prepared = prepare(declaration, Order(said, shape), resolver, on=on, before=before)
    except Invalid as invalid:
        one.wrong(invalid.problems)
        return
    if record is not None:
        is_same = (one.prepared.values, one.prepared.geometry) == (before, record.geometry)
        one.outcome = SAME if is_same else CHANGED


def _refusal(record: Record | None, agency_id: int) -> Refused | None:
    if record is None:
        return None
    if record.agency_id != agency_id:
        return KeptElsewhere()
    return RecordRetired() if record.retired else None


def _said(declaration: RegisterDeclaration, row: Row, *, known: bool) -> dict[str, object]:
    """Give what a row says; a column that is not there, and a mask, leave a record as it is."""
    said: dict[str, object] = dict(row.cells)
    if not known:
        return said
    for part in declaration.parts():
        cell = row.cells.get(part.key)
        hidden = not isinstance(part, ReferenceRule) and part.grade is not Grade.PUBLIC
        if cell is None or (hidden and _MASK in cell):
            said[part.key] = AS_BEFORE
    return said
