"""From the TOML text of a register to its declaration; every fault is noted with its place."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping

from motcua.core.procedures.declaration import (
    MAX_INDEXED,
    FieldRule,
    Grade,
    Mark,
    Source,
)
from motcua.core.procedures.reading import read_field
from motcua.core.procedures.table import Table, parse
from motcua.core.registers import faults as wrong
from motcua.core.registers.declaration import (
    AGENCY,
    GEOMETRY,
    KINDS,
    Form,
    Mending,
    Part,
    QualityRule,
    Readers,
    ReferenceRule,
    RegisterDeclaration,
)
from motcua.core.registers.faults import UnreadableRegister
from motcua.kernel import conditions
from motcua.kernel.conditions import ConditionUnreadable, Kind
from motcua.kernel.conditions.reading import LONGEST
from motcua.kernel.flow.faults import Fault

RESERVED = frozenset(
    {GEOMETRY, "steward", "since", "retired", "record", "lon", "lat"}
    | {"and", "or", "not", "in", "is", "blank", "count", "sum", "today", "days", "months"}
    | {"true", "false"}
)
"""Names that columns of files and words of conditions have themselves."""

_LONGEST_RULE = LONGEST
_CODE, _ALL = 20, 100


def read(text: str, *, key: str, system: str) -> RegisterDeclaration:
    """Read a register's file; raises `UnreadableRegister` with every fault."""
    faults: list[Fault] = []
    table = parse(text, faults)
    if faults:
        raise UnreadableRegister(faults)
    declaration = _declaration(table, text, key, system)
    _check(table, declaration)
    table.close()
    if faults:
        raise UnreadableRegister(faults)
    return declaration


def _declaration(table: Table, text: str, key: str, system: str) -> RegisterDeclaration:
    fields = tuple(read_field(name, row) for name, row in table.tables("fields"))
    references = tuple(_reference(name, row) for name, row in table.tables("references"))
    steward, shape = table.table("steward"), table.table(GEOMETRY, required=False)
    source = table.table("source")
    return RegisterDeclaration(
        key=key,
        system=system,
        name=table.words("name"),
        one=table.words("one"),
        about=table.words("about", limit=1000),
        natural=table.texts("natural"),
        form=Form(shape.one_of("kind", list(Form), "none")),
        form_required=shape.flag("required"),
        posts=frozenset(steward.texts("posts")),
        tiers=steward.texts("tiers", ()),
        readers=Readers(table.one_of("readers", list(Readers), "agency")),
        cycle_days=table.count("cycle_days"),
        fields=fields,
        references=references,
        expected=table.texts("expected", ()),
        rules=_rules(table, _kinds(fields, references)),
        columns=table.texts("columns"),
        source=Source(Mark(source.one_of("mark", list(Mark))), source.text("text", limit=500)),
        digest=hashlib.sha256(text.encode()).hexdigest()[:16],
        mending=_mending(table),
    )


def _mending(table: Table) -> Mending | None:
    if not table.has("mending"):
        return None
    row = table.table("mending")
    return Mending(row.text("procedure", limit=_CODE), row.count("over"))


def _reference(key: str, row: Table) -> ReferenceRule:
    return ReferenceRule(
        key=key,
        label=row.words("label"),
        to=row.text("to", limit=40),
        required=row.flag("required"),
        hint=row.maybe_words("hint"),
    )


def _kinds(fields: Collection[FieldRule], references: Collection[ReferenceRule]) -> dict[str, Kind]:
    """Give what conditions take each part for; references and the shape can only be blank."""
    kinds = {one.key: KINDS.get(one.type, Kind.TEXT) for one in fields}
    kinds.update({one.key: Kind.TEXT for one in references})
    return {**kinds, GEOMETRY: Kind.TEXT}


def _rules(table: Table, kinds: Mapping[str, Kind]) -> tuple[QualityRule, ...]:
    found = []
    for key, row in table.tables("rules"):
        says, text = row.words("says"), row.text("when", limit=_LONGEST_RULE)
        try:
            found.append(QualityRule(key, says, conditions.read(text, kinds)))
        except ConditionUnreadable as refused:
            row.note_refusal("when", refused)
    return tuple(found)


def _check(table: Table, told: RegisterDeclaration) -> None:
    """Note what the parts, each right by itself, have wrong together."""
    parts: dict[str, Part] = {}
    every: list[Part] = [*told.references, *told.fields]
    for one in every:
        if one.key in RESERVED or one.key in parts:
            table.note_refusal(f"fields.{one.key}", wrong.NameReserved(key=one.key))
        parts[one.key] = one
    _check_lists(table, told, parts)
    if not told.natural or not all(_names(parts.get(key)) for key in told.natural):
        table.note_refusal("natural", wrong.NotAKey())
    indexed = [one for one in told.fields if one.indexed]
    if len(indexed) > MAX_INDEXED or any(one.grade is Grade.SECRET for one in indexed):
        table.note_refusal("fields", wrong.IndexRefused(limit=MAX_INDEXED))
    if told.mending is not None and not 1 <= told.mending.over < _ALL:
        table.note_refusal("mending.over", wrong.NoThreshold())
    if told.cycle_days < 1:
        table.note_refusal("cycle_days", wrong.NoCycle())


def _check_lists(table: Table, told: RegisterDeclaration, parts: Collection[str]) -> None:
    lists = {"natural": told.natural, "columns": told.columns, "expected": told.expected}
    for name, keys in lists.items():
        for key in keys:
            if key not in parts and (name, key) != ("expected", GEOMETRY):
                table.note_refusal(name, wrong.NoSuchPart(key=key))


def _names(part: Part | None) -> bool:
    if part is None or not part.required:
        return False
    if isinstance(part, ReferenceRule):
        return part.to != AGENCY
    return part.grade is Grade.PUBLIC
