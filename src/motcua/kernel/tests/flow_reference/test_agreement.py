"""The engine agrees with the naive dossier, order by order."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.kernel.flow import engine
from motcua.kernel.flow.definition import Definition, Join, Kind, LegsThen, Marking, Move
from motcua.kernel.flow.effects import Effect
from motcua.kernel.flow.engine import Order
from motcua.kernel.tests.flow_reference.compare import Apply, Pair
from motcua.kernel.tests.flow_reference.dice import Dice
from motcua.kernel.tests.flow_reference.strategies import ORDERS, definitions
from motcua.kernel.tests.flow_reference.walks import random_definition, random_order

CODES = (
    "flow.unknown_move flow.ended flow.not_from_here flow.waiting flow.not_waiting flow.used_up "
    "flow.reason_missing flow.no_such_leg flow.bad_legs flow.legs_open"
).split()
SITUATIONS = {
    *(f"{kind} done" for kind in Kind),
    *(f"{kind} done, waiting" for kind in Kind if kind not in ("forward", "back", "supplement")),
    *(f"forward {join} with open legs: {so}" for join in Join for so in ("done", "flow.legs_open")),
    *(f"hand_over {to}, {then}" for to in ("stays", "goes", "ends") for then in LegsThen),
    *(f"supplement {then}" for then in LegsThen),
    "asked again",
}
IMPOSSIBLE = {"forward all with open legs: done", "consult done, waiting"}


def situation(pair: Pair, order: Order, move: Move) -> str:
    """Name the branch of the contract that this order is about to take."""
    mixed = {leg.replied for leg in pair.marking.legs} == {True, False}
    if move.kind is Kind.FORWARD and any(not leg.replied for leg in pair.marking.legs):
        return f"forward {move.join} with open legs: "
    if move.kind is Kind.HAND_OVER and mixed:
        stays = move.target in (None, pair.marking.at)
        goes = "ends" if pair.naive.is_end(move.target or "") else "goes"
        return f"hand_over {'stays' if stays else goes}, {move.open_legs}"
    if move.kind is Kind.SUPPLEMENT and mixed:
        return f"supplement {move.open_legs}"
    replied = {leg.key for leg in pair.marking.legs if leg.replied}
    return "asked again" if move.kind is Kind.CONSULT and replied & {*order.legs} else ""


def step(pair: Pair, order: Order) -> list[str]:
    """Give one order and name what was tried by it."""
    move = pair.definition.move.get(order.move)
    if move is None:
        return [pair.order(order)]
    name, waiting = situation(pair, order, move), pair.marking.waiting
    outcome = pair.order(order)
    if outcome != "done":
        return [outcome, name + outcome]
    tried = [f"{move.kind} done", name + outcome if name.endswith(" ") else name]
    return [*tried, f"{move.kind} done, waiting"] if waiting else tried


def walk(seed: int, *, procedures: int, orders: int, apply: Apply = engine.apply) -> Counter[str]:
    """Move dossiers of random procedures about; an ended one is soon followed by a new one."""
    dice, seen = Dice(seed), Counter[str]()
    for _ in range(procedures):
        pair = Pair(random_definition(dice), apply)
        for _ in range(orders):
            if pair.naive.is_end(pair.naive.place()) and dice.percent(40):
                pair = Pair(pair.definition, apply)
            seen.update(["orders", *step(pair, random_order(dice, pair.naive))])
    return seen


def test_agrees_on_a_long_walk_that_meets_every_branch() -> None:
    seen = walk(2026, procedures=300, orders=60)
    assert seen["orders"] == 18_000
    rare = {name: seen[name] for name in (SITUATIONS - IMPOSSIBLE) if seen[name] < 10}
    assert rare == {}
    assert {code: seen[code] for code in CODES if seen[code] < 50} == {}
    assert {name: seen[name] for name in IMPOSSIBLE if seen[name]} == {}


def test_agrees_on_anything() -> None:
    seen = Counter[str]()

    @settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
    @given(definitions(), st.lists(ORDERS, min_size=10, max_size=40))
    def agrees(definition: Definition, orders: list[Order]) -> None:
        pair = Pair(definition)
        seen.update(pair.order(order) for order in orders)

    agrees()
    assert seen.total() >= 2500
    assert seen["done"] >= 250


Told = tuple[Marking, tuple[Effect, ...]]
