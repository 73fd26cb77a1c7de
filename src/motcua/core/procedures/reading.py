"""From a procedure file to its declaration; every fault is told at once, with its place.

The format is described in `docs/reference/procedure-format.md`. Reading checks shape, types and
names; whether the procedure may be published is the business of `checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.core.procedures import declaration as told
from motcua.core.procedures.declaration import Declaration, FieldType, Mark, Source, Text
from motcua.core.procedures.faults import UnreadableProcedure
from motcua.core.procedures.patterns import PatternUnusable, compiled
from motcua.core.procedures.reading_flow import read_flow
from motcua.core.procedures.table import Table, parse
from motcua.kernel.calendar import BadLimit, Limit, Unit, UnreadableLimit
from motcua.kernel.codes import ProcedureCode, ProcedureCodeMalformed
from motcua.kernel.flow.faults import Fault

FORMAT = 1
_NO_LIMIT = "none"
_ONE_DAY = Limit(1, Unit.WORKING_DAY)  # stands for one that could not be read, and is refused
_MAX_FIELD = 20_000
_LENGTHS = {FieldType.MULTILINE: 2000, FieldType.ADDRESS: 300, FieldType.EMAIL: 254}
_BOUNDED = frozenset({FieldType.NUMBER, FieldType.MONEY})


def read(text: str, *, system: str) -> Declaration:
    """Read a procedure file of a system; raises `UnreadableProcedure` with every fault."""
    faults: list[Fault] = []
    table = parse(text, faults)
    return _all_told(table, faults, system)


def read_dict(data: Mapping[str, Any], *, system: str) -> Declaration:
    """Read the same from a table that was parsed already; raises `UnreadableProcedure`."""
    faults: list[Fault] = []
    return _all_told(Table(dict(data), "", faults), faults, system)


def _all_told(table: Table, faults: list[Fault], system: str) -> Declaration:
    if faults:  # not TOML at all: whatever else is missing would only hide that
        raise UnreadableProcedure(faults)
    if table.whole("format", FORMAT) != FORMAT:
        table.note("procedure.not_one_of", "format", value="format", allowed=FORMAT)
    declaration = _Reading(table).declaration(system)
    table.close()
    if faults:
        raise UnreadableProcedure(faults)
    return declaration


class _Reading:
    """The file being read and the sources it names."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.named = {
            key: Source(Mark(row.one_of("mark", list(Mark))), row.text("text", "", limit=500))
            for key, row in table.tables("sources")
        }
        self.sources: dict[str, Source] = {}
        self.notes: dict[str, Text] = {}

    def declaration(self, system: str) -> Declaration:
        flow = read_flow(self.table)
        return Declaration(
            code=self.code(),
            system=system,
            name=self.fact("name").words(limit=600),
            short=self.fact("short").words(limit=60),
            group=self.fact("group").words(),
            level=self.fact("level").words(),
            decided_by=self.fact("decided_by").words(),
            result=self.fact("result").words(),
            limit=self.limit(),
            legal_basis=self.legal_basis(),
            channels=self.channels(),
            tiers=self.table.texts("tiers", ()),
            fields=tuple(read_field(key, row) for key, row in self.table.tables("fields")),
            evidence=tuple(self.paper(key, row) for key, row in self.table.tables("evidence")),
            fees=tuple(self.fee(key, row) for key, row in self.table.tables("fees")),
            flow=flow.definition,
            step_names=flow.steps,
            move_names=flow.moves,
            leg_names=flow.legs,
            end_names=flow.ends,
            letters=tuple(
                told.LetterRule(key, row.words(), row.flag("promises"))
                for key, row in self.table.tables("letters")
            ),
            messages={key: row.words() for key, row in self.table.tables("messages")},
            windows=tuple(self.window(key, row) for key, row in self.table.tables("windows")),
            apology=self.apology(),
            sets=self.fact("sets").count("is") if self.table.has("sets") else 0,
            complaint=self.table.flag("complaint"),
            parts=tuple(_part(key, row) for key, row in self.table.tables("parts")),
            sections=tuple(_section(key, row) for key, row in self.table.tables("sections")),
            sources=self.hours_told(),
            notes=self.notes,
        )

    def fact(self, name: str) -> Table:
        """Give the table of a fact and keep its source and note."""
        table = self.table.table(name)
        source, note = self.source(table), table.maybe_words("note")
        if source:
            self.sources[name] = source
        if note:
            self.notes[name] = note
        return table

    def source(self, table: Table) -> Source | None:
        """Follow the name of a source; a missing one is a matter of publishing."""
        key = table.text("source", "")
        if key and key not in self.named:
            table.note("procedure.unknown_source", "source", source=key)
        return self.named.get(key)

    def code(self) -> str:
        table = self.fact("code")
        text = table.text("is")
        try:
            return str(ProcedureCode.parse(text))
        except ProcedureCodeMalformed as wrong:
            table.note_refusal("is", wrong)
            return text

    def limit(self) -> Limit | None:
        table = self.fact("limit")
        return None if table.text("is") == _NO_LIMIT else _duration(table, "is")

    def apology(self) -> Limit | None:
        """Read how long before the due date an apology is written at the latest."""
        return _duration(self.fact("apology"), "is") if self.table.has("apology") else None

    def window(self, key: str, row: Table) -> told.WindowRule:
        return told.WindowRule(
            key=key,
            limit=_duration(row, "is") or _ONE_DAY,
            remind_after=_duration(row, "remind_after") if row.has("remind_after") else None,
            then=row.text("then", limit=40),
            source=self.source(row),
        )

    def channels(self) -> tuple[str, ...]:
        table = self.fact("channels")
        channels = table.texts("is")
        for channel in channels:
            if channel not in told.CHANNELS:
                allowed = ", ".join(told.CHANNELS)
                table.note("procedure.not_one_of", "is", value=channel, allowed=allowed)
        return channels

    def hours_told(self) -> dict[str, Source]:
        """Read where the hours of the steps come from, which is last: all sources are told."""
        if self.table.has("hours"):
            self.fact("hours")
        return self.sources

    def legal_basis(self) -> tuple[told.LegalRef, ...]:
        table = self.table.table("legal_basis")
        source = self.source(table)
        return tuple(told.LegalRef(text, source) for text in table.texts("is"))

    def paper(self, key: str, row: Table) -> told.EvidenceRule:
        return told.EvidenceRule(
            key=key,
            name=row.words("name", limit=600),
            required=row.flag("required", default=True),
            originals=row.count("originals"),
            copies=row.count("copies"),
            note=row.maybe_words("note"),
            source=self.source(row),
        )

    def fee(self, key: str, row: Table) -> told.FeeRule:
        return told.FeeRule(
            key=key,
            name=row.words("name"),
            amount=row.count("amount") if row.has("amount") else None,
            per=row.maybe_words("per"),
            note=row.maybe_words("note"),
            source=self.source(row),
            kind=told.FeeKind(row.one_of("kind", list(told.FeeKind), told.FeeKind.FEE.value)),
            count=row.text("count", "") or None,
            when=_condition(row.table("when", required=False)),
            exempt=tuple(self.exemption(key, one) for key, one in row.tables("exempt")),
        )

    def exemption(self, key: str, row: Table) -> told.Exemption:
        """Read who need not pay."""
        return told.Exemption(key, row.words("name"), _condition(row), self.source(row))


def _section(key: str, row: Table) -> told.SectionRule:
    fields = row.texts("fields")
    if row.has("fields") and not fields:
        row.note("procedure.empty", "fields")
    return told.SectionRule(key, row.words(limit=80), fields)


def _part(key: str, row: Table) -> told.PartRule:
    return told.PartRule(
        key=key,
        name=row.words("name"),
        procedure=row.text("procedure", limit=40),
        agency=row.text("agency", "receiving", limit=40),
        after=row.text("after", "", limit=40),
        before=row.text("before", "", limit=40),
        fields=row.pairs("fields"),
        answers=row.pairs("answers"),
        papers=row.pairs("papers"),
    )


def _condition(row: Table) -> told.Condition | None:
    field, values = row.text("field", ""), row.texts("is", ())
    if bool(field) is not bool(values):
        row.note("procedure.missing", "is" if field else "field")
    return told.Condition(field, values) if field else None


def _duration(table: Table, key: str) -> Limit | None:
    """Read a limit; None where it is missing or wrong, which is noted."""
    text = table.text(key)
    try:
        return Limit.parse(text) if text else None
    except (BadLimit, UnreadableLimit) as wrong:
        table.note_refusal(key, wrong)
        return None


def read_field(key: str, row: Table) -> told.FieldRule:
    """Read a field as procedures and registers declare it, noting what is wrong with it."""
    kind = FieldType(row.one_of("type", list(FieldType)))
    longest = _LENGTHS.get(kind, 200)
    length = row.whole("max_length", longest) or longest
    if not 1 <= length <= _MAX_FIELD:
        row.note("procedure.too_long", "max_length", length=length, limit=_MAX_FIELD)
    rule = told.FieldRule(
        key=key,
        label=row.words("label"),
        type=kind,
        required=row.flag("required"),
        max_length=length,
        personal=row.flag("personal"),
        public=row.flag("public"),
        indexed=row.flag("indexed"),
        choices=tuple(told.Choice(name, one.words()) for name, one in row.tables("choices")),
        hint=row.maybe_words("hint"),
        pattern=row.text("pattern", "") or None,
        minimum=row.whole("min", None),
        maximum=row.whole("max", None),
    )
    _check_field(rule, row)
    return rule


def _check_field(rule: told.FieldRule, row: Table) -> None:
    if bool(rule.choices) is not (rule.type is FieldType.CHOICE):
        row.note("procedure.choices", "choices")
    bounds = [bound for bound in (rule.minimum, rule.maximum) if bound is not None]
    if bounds != sorted(bounds) or (bounds and rule.type not in _BOUNDED):
        row.note("procedure.bounds", "min")
    if rule.pattern is None:
        return
    try:
        compiled(rule.pattern)
    except PatternUnusable:
        row.note("procedure.bad_pattern", "pattern", pattern=rule.pattern)
