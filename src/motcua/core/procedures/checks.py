"""The checks before a procedure is published: all faults at once, or none.

Those of the kernel (`motcua.kernel.flow.checks`: keys, posts, ways, clock, hours that add up to
the legal limit) and those of the law and the desk: every sourced value has a source or says that
it has none, letters and messages that moves name exist, the first step has a reception that gives
the code, at most eight fields are indexed, and the short name fits its column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import zip_longest
from string import Formatter

from motcua.core.procedures.checks_windows import window_faults
from motcua.core.procedures.declaration import (
    MAX_INDEXED,
    MAX_SHORT,
    Declaration,
    FieldRule,
    FieldType,
    Grade,
    Mark,
    Source,
)
from motcua.core.procedures.faults import fault
from motcua.kernel.calendar import Limit, Unit
from motcua.kernel.flow.checks import check
from motcua.kernel.flow.definition import Kind
from motcua.kernel.flow.faults import Fault
from motcua.kernel.flow.paths import clocked_path, minutes

MESSAGE_WORDS = ("code", "lookup", "due", "answer_by")
WORKING_DAY_MINUTES = 8 * 60
_SOURCED = ("code", "name", "limit", "level", "decided_by", "result", "hours", "channels")
_IN_WORKING_MINUTES = frozenset({Unit.WORKING_MINUTE, Unit.WORKING_HOUR, Unit.WORKING_DAY})


def publish_faults(declaration: Declaration, *, posts: Collection[str]) -> tuple[Fault, ...]:
    """List every fault that forbids publishing; ``posts`` are those of the system."""
    limit = limit_minutes(declaration.limit)
    return (
        *check(declaration.flow, limit_minutes=limit, known_posts=posts),
        *_limit_faults(declaration),
        *_source_faults(declaration),
        *_reception_faults(declaration),
        *_paper_faults(declaration),
        *_field_faults(declaration),
        *_section_faults(declaration),
        *_fee_faults(declaration),
        *window_faults(declaration),
        *_complaint_faults(declaration),
    )


def limit_minutes(limit: Limit | None) -> int | None:
    """Give a limit in working minutes, or None for one that is not counted in them."""
    return limit.minutes if limit and limit.unit in _IN_WORKING_MINUTES else None


def _limit_faults(declaration: Declaration) -> Iterator[Fault]:
    if declaration.limit is None or declaration.limit.unit is not Unit.SAME_DAY:
        return
    total = minutes(declaration.flow, clocked_path(declaration.flow))
    if total > WORKING_DAY_MINUTES:
        yield fault("procedure.same_day_too_long", "steps", sum=total, limit=WORKING_DAY_MINUTES)


def _source_faults(declaration: Declaration) -> Iterator[Fault]:
    for place, source in _sources(declaration):
        if source is None:
            yield fault("procedure.no_source", place)
        elif source.mark is Mark.CONFIRMED and not source.text:
            yield fault("procedure.source_without_text", place)
    if not declaration.legal_basis:
        yield fault("procedure.no_legal_basis", "legal_basis")


def _sources(declaration: Declaration) -> Iterator[tuple[str, Source | None]]:
    for name in _SOURCED:
        yield name, declaration.sources.get(name)
    if declaration.legal_basis:  # one list, one source
        yield "legal_basis", declaration.legal_basis[0].source
    for paper in declaration.evidence:
        yield f"evidence.{paper.key}", paper.source
    for fee in declaration.fees:
        yield f"fees.{fee.key}", fee.source
        for one in fee.exempt:
            yield f"fees.{fee.key}.exempt.{one.key}", one.source
    for window in declaration.windows:
        yield f"windows.{window.key}", window.source
    if declaration.apology is not None:
        yield "apology", declaration.sources.get("apology")


def _reception_faults(declaration: Declaration) -> Iterator[Fault]:
    flow = declaration.flow
    receiving = (
        move.gives_code and move.kind is Kind.FORWARD and flow.start in move.sources
        for move in flow.moves
    )
    if not any(receiving):
        yield fault("procedure.no_reception", f"steps.{flow.start}")
    if not declaration.channels:
        yield fault("procedure.no_channel", "channels")


def _paper_faults(declaration: Declaration) -> Iterator[Fault]:
    letters = {letter.key for letter in declaration.letters}
    for move in declaration.flow.moves:
        where = f"moves.{move.key}"
        if move.letter is not None and move.letter not in letters:
            yield fault("procedure.letter_undeclared", where, letter=move.letter)
        if move.message is not None and move.message not in declaration.messages:
            yield fault("procedure.message_undeclared", where, message=move.message)
    allowed = ", ".join(f"{{{word}}}" for word in MESSAGE_WORDS)
    for key, words in declaration.messages.items():
        if not (_fills(words.vi) and _fills(words.en)):
            yield fault("procedure.message_words", f"messages.{key}", allowed=allowed)


def _fee_faults(declaration: Declaration) -> Iterator[Fault]:
    """What fees refer to is there, and what asks for payment has something to ask for."""
    fields = {rule.key: rule for rule in declaration.fields}
    for fee in declaration.fees:
        where = f"fees.{fee.key}"
        if fee.count is not None and not _counts(fields.get(fee.count)):
            yield fault("procedure.fee_count", where, field=fee.count)
        asked = [fee.when, *(one.condition for one in fee.exempt)]
        for field in {one.field for one in asked if one is not None} - fields.keys():
            yield fault("procedure.fee_field", where, field=field)
    charged = any(fee.amount != 0 for fee in declaration.fees)
    for move in declaration.flow.moves:
        if move.paid and not charged:
            yield fault("procedure.nothing_to_pay", f"moves.{move.key}")


def _complaint_faults(declaration: Declaration) -> Iterator[Fault]:
    """A complaint starts from the dossier it is about, and from nowhere else."""
    if declaration.complaint and declaration.channels != ("dossier",):
        yield fault("procedure.complaint_channel", "channels")


def _counts(rule: FieldRule | None) -> bool:
    """A number that is always there and never negative says how many."""
    if rule is None or rule.type is not FieldType.NUMBER:
        return False
    return rule.required and (rule.minimum or 0) >= 1


def _fills(sentence: str) -> bool:
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError:
        return False
    return all(
        name is None or (name in MESSAGE_WORDS and not spec and not conversion)
        for _, name, spec, conversion in parts
    )


def _field_faults(declaration: Declaration) -> Iterator[Fault]:
    indexed = [rule for rule in declaration.fields if rule.indexed]
    if len(indexed) > MAX_INDEXED:
        yield fault("procedure.too_many_indexed", "fields", count=len(indexed), limit=MAX_INDEXED)
    for rule in indexed:
        if rule.grade is Grade.SECRET:
            yield fault("procedure.personal_number_indexed", f"fields.{rule.key}")
    for language in ("vi", "en"):
        length = len(declaration.short.text(language))
        if length > MAX_SHORT:
            where = f"short.{language}"
            yield fault("procedure.short_too_long", where, length=length, limit=MAX_SHORT)


def _section_faults(declaration: Declaration) -> Iterator[Fault]:
    """Sections hold every field once, as the form goes on: all faces ask in one order."""
    if not declaration.sections:
        return
    declared = [rule.key for rule in declaration.fields]
    told = [key for section in declaration.sections for key in section.fields]
    for one, other in zip_longest(declared, told, fillvalue=""):
        if one != other:
            yield fault("procedure.section_order", "sections", field=other or one)
            return
