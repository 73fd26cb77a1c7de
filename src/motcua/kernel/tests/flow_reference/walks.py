"""Procedures and orders for the long walk: likely ones, so that dossiers live long."""

from __future__ import annotations

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
from motcua.kernel.tests.flow_reference.dice import Dice
from motcua.kernel.tests.flow_reference.naive import NaiveDossier

STEPS = ("nhận", "thẩm định", "trình ký", "trả")
ENDS = ("đã trả", "từ chối")
LEGS = ("công an", "thuế", "xây dựng")
REASONS = ("", " \t\n", "\u00a0", "thiếu bản vẽ")
CLOSING = (Kind.REFUSE, Kind.WITHDRAW, Kind.STOP)
FROM_ENDS = (Kind.REOPEN,)


def random_definition(dice: Dice) -> Definition:
    """A procedure with one to three moves of every kind."""
    steps = STEPS[: 1 + dice.below(4)]
    moves = [
        random_move(dice, f"{kind}{number}", kind, steps)
        for kind in Kind
        for number in range(1 + dice.below(3))
    ]
    return Definition(
        start=dice.one(steps),
        steps=tuple(Step(key, "đang giải quyết", "officer") for key in steps),
        ends=tuple(End(key, "đã xong", f"kết quả: {key}") for key in ENDS),
        moves=tuple(moves),
        legs=tuple(LegRule(key, "same", "officer", 60) for key in LEGS),
    )


def random_move(dice: Dice, key: str, kind: Kind, steps: tuple[str, ...]) -> Move:
    """A move of this kind from most steps, with every option at hand."""
    to_an_end = (kind in CLOSING) != dice.percent(25)
    return Move(
        key=key,
        kind=kind,
        sources=tuple(dice.some((*steps, *ENDS) if kind in FROM_ENDS else steps, 80)),
        target=dice.one(ENDS if to_an_end else (*steps, None)),
        reason=dice.percent(25),
        legs=tuple(dice.some(LEGS, 15 if kind is Kind.FORWARD else 80)),
        join=dice.one([*Join]),
        open_legs=dice.one([*LegsThen]),
        clock=dice.one([None, *ClockOp]),
        at_most=0 if dice.percent(75) else 1 + dice.below(6),
        letter=dice.one([None, f"giấy {key}"]),
        message=dice.one([None, f"tin {key}"]),
        gives_code=dice.percent(20),
        paid=dice.percent(15),
    )


def random_order(dice: Dice, naive: NaiveDossier) -> Order:
    """An order that mostly makes sense where the dossier stands, and sometimes none at all."""
    moves = naive.definition.moves
    move = dice.one(likely_moves(dice, naive) or moves)
    return Order(
        move="không có" if dice.percent(2) else move.key,
        leg=random_leg(dice, naive),
        legs=random_legs(dice, naive.free(move)),
        reason=dice.one(REASONS) if dice.percent(30) else REASONS[-1],
        late_legs=frozenset(dice.some(range(-1, naive.next_number() + 1), 40)),
        owing=dice.percent(30),
    )


def likely_moves(dice: Dice, naive: NaiveDossier) -> list[Move]:
    """Moves that bring a dossier into rare places: many legs, an answer, seldom an end."""
    here = [move for move in naive.definition.moves if naive.place() in move.sources]
    chance = dice.below(100)
    if naive.waiting() and chance < 30:
        return [move for move in here if move.kind is Kind.ANSWER]
    if naive.open_legs() not in ([], naive.legs()) and chance < 20:
        return [move for move in here if move.kind is Kind.HAND_OVER]
    if chance < 50:
        wanted = Kind.REPLY if naive.open_legs() and dice.percent(40) else Kind.CONSULT
        return [move for move in here if move.kind is wanted]
    if chance < 75:
        return [move for move in here if not naive.is_end(move.target or "")]
    return []


def random_leg(dice: Dice, naive: NaiveDossier) -> int | None:
    """The number of an open leg, or any that never was, is over or is yet to come."""
    numbers = [leg["number"] for leg in naive.open_legs()]
    if numbers and dice.percent(60):
        return dice.one(numbers)
    return dice.one([None, -1, *range(naive.next_number() + 2)])


def random_legs(dice: Dice, free: list[str]) -> tuple[str, ...]:
    """Some of the legs that are free, or any, twice, or a leg that no rule knows."""
    if dice.percent(70):
        return tuple(dice.some(free, 50))
    return tuple(dice.some((*LEGS, *LEGS, "không có"), 30))
