"""Random definitions, with and without sense, and random walks through them."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import (
    ClockOp,
    Definition,
    End,
    Join,
    Kind,
    LegRule,
    LegsThen,
    Marking,
    Move,
    Step,
)
from motcua.kernel.flow.effects import Effect
from motcua.kernel.flow.engine import Order, apply, free_legs, start
from motcua.kernel.flow.options import options

STEPS = ("s0", "s1", "s2", "s3")
ENDS = ("e0", "e1")
LEGS = ("l0", "l1", "l2")
STAYING = (Kind.SUPPLEMENT, Kind.ANSWER, Kind.CONSULT, Kind.REPLY, Kind.ASSIGN, Kind.APOLOGISE)
SOURCES = {Kind.REOPEN: ENDS}
TARGETS = {
    Kind.FORWARD: (*STEPS, *STEPS, ENDS[0]),
    Kind.BACK: STEPS,
    Kind.REOPEN: STEPS,
    Kind.HAND_OVER: (None, *STEPS),
} | dict.fromkeys((Kind.REFUSE, Kind.WITHDRAW, Kind.STOP), ENDS)
GOING_ON = (*STAYING, Kind.CONSULT, Kind.REPLY, Kind.FORWARD, Kind.HAND_OVER, Kind.BACK)
KINDS = (*Kind, *GOING_ON, *GOING_ON)  # a walk that ends at once tells little


@st.composite
def moves(draw: st.DrawFn, key: str) -> Move:
    """Draw a move whose target suits its kind."""
    kind = draw(st.sampled_from(KINDS))
    places = st.sampled_from(SOURCES.get(kind, STEPS))
    # A forward move rarely requires an opinion, or walks would seldom come far.
    legs = st.lists(st.sampled_from(LEGS), unique=True, max_size=len(LEGS))
    required = st.integers(0, 3).flatmap(lambda often: st.just([]) if often else legs)
    return Move(
        key,
        kind,
        sources=tuple(draw(st.lists(places, min_size=1, unique=True))),
        target=draw(st.sampled_from(TARGETS.get(kind, (None,)))),
        reason=draw(st.integers(0, 4)) == 0,
        legs=tuple(draw(required if kind is Kind.FORWARD else legs.map(lambda some: some or LEGS))),
        join=draw(st.sampled_from(Join)),
        open_legs=draw(st.sampled_from(LegsThen)),
        clock=draw(st.none() | st.sampled_from(ClockOp)),
        at_most=draw(st.sampled_from((0, 0, 0, 1, 2))),
        letter=draw(st.sampled_from((None, "letter"))),
        message=draw(st.sampled_from((None, "message"))),
        gives_code=draw(st.booleans()),
        paid=draw(st.integers(0, 4)) == 0,
    )


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Draw a definition with up to four steps and a dozen moves."""
    count = draw(st.integers(4, 12))
    return Definition(
        start="s0",
        steps=tuple(Step(key, "processing", "clerk", minutes=60) for key in STEPS),
        ends=tuple(End(key, "returned", "done") for key in ENDS),
        moves=tuple(draw(moves(f"m{number}")) for number in range(count)),
        legs=tuple(LegRule(key, "same", "expert", 30) for key in LEGS),
    )


@st.composite
def orders(draw: st.DrawFn, definition: Definition, marking: Marking) -> Order:
    """Draw an order: mostly one that can be carried out if any can, at times nonsense."""
    late = frozenset(draw(st.lists(st.integers(1, 6), max_size=2)))
    found = options(definition, marking, late_legs=late)
    open_ = [option.move for option in found if option.why_not is None]
    if open_ and draw(st.integers(0, 4)):
        move = draw(st.sampled_from(open_))
        free = free_legs(move, marking)
        asked = draw(st.lists(st.sampled_from(free), min_size=1, unique=True)) if free else ()
        waiting = [leg.number for leg in marking.legs if not leg.replied]
        leg = draw(st.sampled_from(waiting)) if waiting else None
        return Order(move.key, leg, tuple(asked), "made up", late)
    return Order(
        move=draw(st.sampled_from([move.key for move in definition.moves] + ["none"])),
        leg=draw(st.none() | st.integers(0, 8)),
        legs=tuple(draw(st.lists(st.sampled_from((*LEGS, "lx")), max_size=3))),
        reason=draw(st.sampled_from(("", " ", "made up"))),
        late_legs=late,
        owing=draw(st.booleans()),
    )


@dataclass(frozen=True)
class Act:
    """One order of a walk, with what came of it; ``refused`` orders have no effects."""

    before: Marking
    order: Order
    after: Marking
    effects: tuple[Effect, ...]
    refused: Refused | None


@dataclass(frozen=True)
class Walk:
    """A definition and what happened to one dossier of it."""

    definition: Definition
    acts: tuple[Act, ...]

    @property
    def done(self) -> tuple[Act, ...]:
        """The acts that were carried out."""
        return tuple(act for act in self.acts if act.refused is None)


@st.composite
def walks(draw: st.DrawFn) -> Walk:
    """Draw a definition and up to 15 orders through it."""
    definition = draw(definitions())
    marking, _ = start(definition)
    acts: list[Act] = []
    for _ in range(draw(st.integers(1, 15))):
        if acts and acts[-1].before.at in definition.end:
            break  # one order to an ended dossier is enough
        order = draw(orders(definition, marking))
        before = marking
        try:
            marking, effects = apply(definition, before, order)
        except Refused as refused:
            acts.append(Act(before, order, before, (), refused))
        else:
            acts.append(Act(before, order, marking, effects, None))
    return Walk(definition, tuple(acts))
