"""Procedures and orders for hypothesis: anything goes, faults of the definition included."""

from __future__ import annotations

from hypothesis import strategies as st

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
from motcua.kernel.flow.engine import Order

PLACES = ("s1", "s2", "s3", "end", "nowhere")
MOVES = [f"m{number}" for number in range(8)]
LEGS = ("x", "y", "z")
TEXTS = st.none() | st.just("giấy mời")


def some(keys: tuple[str, ...], most: int = 4) -> st.SearchStrategy[tuple[str, ...]]:
    """A tuple of keys, possibly empty and possibly with doubles."""
    return st.lists(st.sampled_from(keys), max_size=most).map(tuple)


@st.composite
def moves(draw: st.DrawFn, key: str) -> Move:
    """Any move at all."""
    return Move(
        key=key,
        kind=draw(st.sampled_from(Kind)),
        sources=draw(st.just(PLACES) | some(PLACES)),
        target=draw(st.sampled_from([None, *PLACES])),
        reason=draw(st.booleans()),
        legs=draw(st.sampled_from([LEGS, LEGS[1:], ("z", "x"), ()])),
        join=draw(st.sampled_from(Join)),
        open_legs=draw(st.sampled_from(LegsThen)),
        clock=draw(st.none() | st.sampled_from(ClockOp)),
        at_most=draw(st.integers(0, 2)),
        letter=draw(TEXTS),
        message=draw(TEXTS),
        gives_code=draw(st.booleans()),
    )


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Any procedure of three steps, one end and three legs, and one plain consultation."""
    keys = MOVES[: draw(st.integers(2, len(MOVES)))]
    asks = Move(keys[0], Kind.CONSULT, PLACES, legs=LEGS)
    return Definition(
        start=draw(st.sampled_from(PLACES[:3])),
        steps=tuple(Step(key, "đang giải quyết", "officer") for key in PLACES[:3]),
        ends=(End("end", "đã xong", "đã trả"),),
        moves=(asks, *(draw(moves(key)) for key in keys[1:])),
        legs=tuple(LegRule(key, "same", "officer", 60) for key in LEGS),
    )


def orders(keys: list[str]) -> st.SearchStrategy[Order]:
    """Any order for these moves, and now and then for a move that is not there."""
    return st.builds(
        Order,
        move=st.sampled_from([*keys, *keys, "không có"]),
        leg=st.none() | st.integers(-1, 9),
        legs=some(LEGS, 3) | some((*LEGS, "không có")),
        reason=st.sampled_from(["thiếu bản vẽ", "", " \n", "\u3000"]),
        late_legs=st.frozensets(st.integers(0, 9), max_size=9),
    )


@st.composite
def games(draw: st.DrawFn) -> tuple[Definition, list[Order]]:
    """A procedure and what is ordered of one dossier."""
    definition = draw(definitions())
    order = orders([move.key for move in definition.moves])
    return definition, draw(st.lists(order, min_size=10, max_size=40))
