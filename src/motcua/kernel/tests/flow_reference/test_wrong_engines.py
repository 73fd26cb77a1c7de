"""An engine with one rule wrong does not agree: the comparison can fail, rule by rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from motcua.kernel.flow import engine
from motcua.kernel.flow.definition import Definition, Join, Kind, LegsThen, Marking, Move
from motcua.kernel.flow.effects import Effect
from motcua.kernel.flow.engine import Order
from motcua.kernel.tests.flow_reference.mix import walk

Told = tuple[Marking, tuple[Effect, ...]]
Reading = Callable[[Move], Move]
Spoiling = Callable[[Marking, Marking, tuple[Effect, ...]], Told]

MISREAD: dict[str, Reading] = {
    "no limit is kept": lambda move: replace(move, at_most=0),
    "a limit is one too high": lambda move: replace(
        move, at_most=move.at_most and move.at_most + 1
    ),
    "no reason is asked": lambda move: replace(move, reason=False),
    "every join is all": lambda move: replace(move, join=Join.ALL),
    "every join is any": lambda move: replace(move, join=Join.ANY),
    "nobody need be asked": lambda move: (
        replace(move, join=Join.ALL) if move.join is Join.ASKED else move
    ),
    "every join is deadline": lambda move: replace(move, join=Join.DEADLINE),
    "legs are always kept": lambda move: replace(move, open_legs=LegsThen.KEEP),
    "legs are never kept": lambda move: replace(move, open_legs=LegsThen.CANCEL),
    "no opinion is required": lambda move: (
        replace(move, legs=()) if move.kind is Kind.FORWARD else move
    ),
    "the clock is forgotten": lambda move: replace(move, clock=None),
    "no letter goes out": lambda move: replace(move, letter=None),
    "no message goes out": lambda move: replace(move, message=None),
    "no code is given": lambda move: replace(move, gives_code=False),
    "a way back waits for the join": lambda move: (
        replace(move, kind=Kind.FORWARD) if move.kind is Kind.BACK else move
    ),
    "a stop is a hand-over": lambda move: (
        replace(move, kind=Kind.HAND_OVER) if move.kind is Kind.STOP else move
    ),
}
SPOILED: dict[str, Spoiling] = {
    "effects come in another order": lambda _, new, told: (new, told[::-1]),
    "an effect is missing": lambda _, new, told: (new, told[:-1]),
    "waiting is forgotten": lambda _, new, told: (replace(new, waiting=False), told),
    "waiting never ends": lambda old, new, told: (
        replace(new, waiting=old.waiting or new.waiting),
        told,
    ),
    "numbers are given twice": lambda _, new, told: (
        replace(new, next_leg=1 + len(new.legs)),
        told,
    ),
    "replied legs are forgotten": lambda _, new, told: (
        replace(new, legs=tuple(leg for leg in new.legs if not leg.replied)),
        told,
    ),
    "what was settled is forgotten": lambda _, new, told: (replace(new, settled=()), told),
    "used is forgotten": lambda _, new, told: (replace(new, used=()), told),
}


@pytest.mark.parametrize("reading", MISREAD.values(), ids=MISREAD)
def test_an_engine_that_misreads_a_move_is_found_out(reading: Reading) -> None:
    def wrong(definition: Definition, marking: Marking, order: Order) -> Told:
        moves = tuple(reading(move) for move in definition.moves)
        return engine.apply(replace(definition, moves=moves), marking, order)

    with pytest.raises(AssertionError):
        walk(7, procedures=100, orders=60, apply=wrong)


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_an_engine_that_spoils_its_answer_is_found_out(spoil: Spoiling) -> None:
    def wrong(definition: Definition, marking: Marking, order: Order) -> Told:
        return spoil(marking, *engine.apply(definition, marking, order))

    with pytest.raises(AssertionError):
        walk(7, procedures=100, orders=60, apply=wrong)
