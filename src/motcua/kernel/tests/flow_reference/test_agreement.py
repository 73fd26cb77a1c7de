"""The engine agrees with the naive dossier, order by order."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from motcua.kernel.flow.definition import Definition
from motcua.kernel.flow.engine import Order
from motcua.kernel.tests.flow_reference.compare import Pair
from motcua.kernel.tests.flow_reference.mix import CODES, IMPOSSIBLE, SITUATIONS, walk
from motcua.kernel.tests.flow_reference.strategies import games


def test_agrees_on_a_long_walk_that_meets_every_branch() -> None:
    seen = walk(2026, procedures=330, orders=60)
    assert seen["orders"] == 19_800
    assert {name: seen[name] for name in SITUATIONS if seen[name] < 10} == {}
    assert {code: seen[code] for code in CODES if seen[code] < 30} == {}
    assert {name: seen[name] for name in IMPOSSIBLE if seen[name]} == {}


def test_agrees_on_anything() -> None:
    seen = Counter[str]()

    @settings(max_examples=250)
    @given(games())
    def agrees(game: tuple[Definition, list[Order]]) -> None:
        pair = Pair(game[0])
        seen.update([pair.order(order) for order in game[1]])

    agrees()
    assert seen.total() >= 2500
    assert seen["done"] >= 250
    assert len(CODES & {*seen}) >= 7
