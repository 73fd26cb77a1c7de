"""The steps, moves, consultations and ends of a procedure file, as the engine wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.core.procedures.declaration import Text
from motcua.core.procedures.table import Table
from motcua.kernel.flow.definition import (
    ClockOp,
    Definition,
    End,
    Join,
    Kind,
    LegRule,
    LegsThen,
    Move,
    Step,
)

STEP_STATES = ("submitted", "received", "processing", "fee_wait", "resolved")
"""Public states that a step may declare; waiting and consulting are derived (HANDBOOK §2.6)."""

END_STATES = ("returned", "refused_reception", "withdrawn", "stopped", "resolved")
OUTCOMES = ("granted", "refused", "refused_reception", "withdrawn", "stopped")


@dataclass(frozen=True, slots=True)
class Flow:
    """A definition with the names of its parts."""

    definition: Definition
    steps: Mapping[str, Text]
    moves: Mapping[str, Text]
    legs: Mapping[str, Text]
    ends: Mapping[str, Text]


def read_flow(table: Table) -> Flow:
    """Read ``start``, ``steps``, ``moves``, ``legs`` and ``ends``; faults are noted."""
    parts = {part: dict(table.tables(part)) for part in ("steps", "moves", "legs", "ends")}
    names = {
        part: {key: row.words("name") for key, row in rows.items()} for part, rows in parts.items()
    }
    definition = Definition(
        start=table.text("start"),
        steps=tuple(_step(key, row) for key, row in parts["steps"].items()),
        ends=tuple(_end(key, row) for key, row in parts["ends"].items()),
        moves=tuple(_move(key, row) for key, row in parts["moves"].items()),
        legs=tuple(_leg(key, row) for key, row in parts["legs"].items()),
    )
    return Flow(definition, **names)


def _step(key: str, row: Table) -> Step:
    return Step(
        key=key,
        state=row.one_of("state", STEP_STATES, "processing"),
        post=row.text("post", limit=30),
        agency=row.text("agency", "same", limit=60),
        minutes=row.hours(),
        counted=row.flag("counted", default=True),
    )


def _leg(key: str, row: Table) -> LegRule:
    agency, post = row.text("agency", limit=60), row.text("post", limit=30)
    return LegRule(key=key, agency=agency, post=post, minutes=row.hours())


def _end(key: str, row: Table) -> End:
    return End(key, row.one_of("state", END_STATES), row.one_of("outcome", OUTCOMES))


def _move(key: str, row: Table) -> Move:
    clock = row.one_of("clock", list(ClockOp)) if row.has("clock") else None
    return Move(
        key=key,
        kind=Kind(row.one_of("kind", list(Kind), Kind.FORWARD.value)),
        sources=row.texts("from"),
        target=row.text("to", "") or None,
        by=row.texts("by", ("holder",)),
        reason=row.flag("reason"),
        legs=row.texts("legs", ()),
        join=Join(row.one_of("join", list(Join), Join.ALL.value)),
        open_legs=LegsThen(row.one_of("open_legs", list(LegsThen), LegsThen.CANCEL.value)),
        clock=ClockOp(clock) if clock else None,
        at_most=row.count("at_most"),
        letter=row.text("letter", "") or None,
        message=row.text("message", "") or None,
        gives_code=row.flag("gives_code"),
        paid=row.flag("paid"),
    )
