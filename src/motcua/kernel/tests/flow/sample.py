"""A procedure of five days as a one-stop runs it, and short ways to move a dossier through it."""

from __future__ import annotations

from dataclasses import replace

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
from motcua.kernel.flow.engine import Order, apply, start

INSIDE = ("assigning", "appraising", "signing")
LIMIT = 5 * 8 * 60

PERMIT = Definition(
    start="reception",
    steps=(
        Step("reception", "submitted", "clerk", "receiving"),
        Step("assigning", "received", "head", minutes=240),
        Step("appraising", "processing", "expert", minutes=1920),
        Step("signing", "processing", "director", minutes=240),
        Step("returning", "resolved", "clerk", "receiving", minutes=60, counted=False),
    ),
    ends=(
        End("returned", "returned", "granted"),
        End("refused", "refused_reception", "refused"),
        End("withdrawn", "withdrawn", "withdrawn"),
        End("stopped", "stopped", "stopped"),
    ),
    legs=(
        LegRule("fire", "code:H26.05", "expert", 480),
        LegRule("water", "superior", "expert", 960),
    ),
    moves=(
        Move(
            "receive",
            Kind.FORWARD,
            ("reception",),
            "assigning",
            clock=ClockOp.START,
            gives_code=True,
            letter="receipt",
            message="received",
        ),
        Move("refuse", Kind.REFUSE, ("reception",), "refused", reason=True),
        Move("assign", Kind.FORWARD, ("assigning",), "appraising"),
        Move("name", Kind.ASSIGN, INSIDE),
        Move("consult", Kind.CONSULT, ("appraising",), legs=("fire", "water")),
        Move("reply", Kind.REPLY, ("appraising",)),
        Move("propose", Kind.FORWARD, ("appraising",), "signing"),
        Move("return", Kind.BACK, ("signing",), "appraising", reason=True),
        Move("sign", Kind.FORWARD, ("signing",), "returning", clock=ClockOp.STOP),
        Move("hand", Kind.FORWARD, ("returning",), "returned"),
        Move(
            "supplement",
            Kind.SUPPLEMENT,
            ("appraising",),
            reason=True,
            clock=ClockOp.PAUSE,
            at_most=1,
            open_legs=LegsThen.KEEP,
        ),
        Move(
            "answer",
            Kind.ANSWER,
            ("appraising",),
            by=("applicant", "clerk"),
            clock=ClockOp.RESTART,
        ),
        Move("transfer", Kind.HAND_OVER, ("appraising",), open_legs=LegsThen.KEEP),
        Move("withdraw", Kind.WITHDRAW, ("reception", *INSIDE), "withdrawn", by=("applicant",)),
        Move("stop", Kind.STOP, INSIDE, "stopped", by=("director",), reason=True),
    ),
)


def changed(definition: Definition = PERMIT, **moves: dict) -> Definition:
    """Give the definition with fields of some moves replaced."""
    new = tuple(replace(move, **moves.get(move.key, {})) for move in definition.moves)
    return replace(definition, moves=new)


def joined(join: Join) -> Definition:
    """Give the permit whose proposal leaves the appraisal under this join."""
    return changed(propose={"join": join})


def run(*orders: str | Order, definition: Definition = PERMIT) -> Marking:
    """Carry the orders out from the start; a name alone is a move, with a reason to be sure."""
    marking, _ = start(definition)
    for order in orders:
        marking, _ = apply(definition, marking, as_order(order))
    return marking


def told(*orders: str | Order, definition: Definition = PERMIT) -> tuple[Effect, ...]:
    """Give the effects of the last of these orders."""
    marking = run(*orders[:-1], definition=definition)
    return apply(definition, marking, as_order(orders[-1]))[1]


def as_order(order: str | Order) -> Order:
    """Make an order of a move's name."""
    return Order(order, reason="made up") if isinstance(order, str) else order


APPRAISING = ("receive", "assign")
ASKED = (*APPRAISING, Order("consult", legs=("fire", "water")))
