"""The long walk, and the names of what it must have tried so that agreement means something."""

from __future__ import annotations

from collections import Counter

from motcua.kernel.flow import engine
from motcua.kernel.flow.definition import Join, Kind, LegsThen, Move
from motcua.kernel.flow.engine import Order
from motcua.kernel.tests.flow_reference.compare import Apply, Pair
from motcua.kernel.tests.flow_reference.dice import Dice
from motcua.kernel.tests.flow_reference.walks import FROM_ENDS, random_definition, random_order

CODES = {
    "flow.unknown_move",
    "flow.ended",
    "flow.not_from_here",
    "flow.waiting",
    "flow.not_waiting",
    "flow.used_up",
    "flow.reason_missing",
    "flow.unpaid",
    "flow.no_such_leg",
    "flow.bad_legs",
    "flow.legs_open",
    "flow.legs_missing",
    "flow.nobody_asked",
}
BARRED = (Kind.FORWARD, Kind.BACK, Kind.SUPPLEMENT, Kind.CONSULT, Kind.APOLOGISE)
"""Kinds that a waiting dossier refuses."""

SITUATIONS = {
    *(f"{kind} done" for kind in Kind),
    *(f"{kind} done, waiting" for kind in Kind if kind not in BARRED),
    *(f"{kind} waiting: flow.waiting" for kind in BARRED),
    *(f"forward {join}, legs open: flow.legs_open" for join in Join),
    *(f"forward {join}, legs open: done" for join in (Join.ANY, Join.DEADLINE)),
    *(f"hand_over {to}, {then}: done" for to in ("stays", "goes", "ends") for then in LegsThen),
    *(f"supplement {then}: done" for then in LegsThen),
    "consult again: done",
    "reopen from an end: done",
    *(f"{kind} done, three legs open" for kind in (Kind.WITHDRAW, Kind.SUPPLEMENT, Kind.HAND_OVER)),
}
IMPOSSIBLE = {
    "forward all, legs open: done",
    "forward asked, legs open: done",
    *(f"{kind} done, waiting" for kind in BARRED),
}


def situation(pair: Pair, order: Order, move: Move) -> str:
    """Name the branch that this order is about to take, or nothing where it is not a rare one.

    A hand-over or supplement is named only where open and replied legs stand side by side,
    because only there do cancelling, forgetting and keeping differ from one another.
    """
    if move.kind in FROM_ENDS and pair.naive.is_end(pair.marking.at):
        return f"{move.kind} from an end"
    if pair.marking.waiting and move.kind in BARRED:
        return f"{move.kind} waiting"
    open_keys = {leg.key for leg in pair.marking.legs if not leg.replied}
    replied = {leg.key for leg in pair.marking.legs if leg.replied}
    if move.kind is Kind.FORWARD and open_keys:
        return f"forward {move.join}, legs open"
    if move.kind is Kind.CONSULT and replied & {*order.legs}:
        return "consult again"
    if open_keys and replied:
        return f"{move.kind} {_whither(pair, move)}{move.open_legs}"
    return ""


def _whither(pair: Pair, move: Move) -> str:
    if move.kind is not Kind.HAND_OVER:
        return ""
    if move.target in (None, pair.marking.at):
        return "stays, "
    return "ends, " if pair.naive.is_end(move.target or "") else "goes, "


def give(pair: Pair, order: Order) -> list[str]:
    """Give one order to both and name what was tried by it."""
    move = pair.definition.move.get(order.move)
    if move is None:
        return [pair.order(order)]
    name, waiting = situation(pair, order, move), pair.marking.waiting
    three = len(pair.naive.open_legs()) == 3
    outcome = pair.order(order)
    tried = [f"{name}: {outcome}"]
    if outcome != "done":
        return [*tried, outcome]
    tried += [f"{move.kind} done", *([f"{move.kind} done, waiting"] * waiting)]
    return [*tried, *([f"{move.kind} done, three legs open"] * three)]


def walk(seed: int, *, procedures: int, orders: int, apply: Apply = engine.apply) -> Counter[str]:
    """Move dossiers of random procedures about; an ended one is soon followed by a new one."""
    dice, seen = Dice(seed), Counter[str]()
    for _ in range(procedures):
        pair = Pair(random_definition(dice), apply)
        for _ in range(orders):
            if pair.naive.is_end(pair.naive.place()) and dice.percent(40):
                pair = Pair(pair.definition, apply)
            seen.update(["orders", *give(pair, random_order(dice, pair.naive))])
    return seen
