"""The engine and the naive dossier side by side, one order after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from motcua.kernel.errors import Refused
from motcua.kernel.flow import engine
from motcua.kernel.flow.definition import Definition, Marking
from motcua.kernel.flow.effects import Effect
from motcua.kernel.flow.engine import Order
from motcua.kernel.tests.flow_reference.naive import NaiveDossier, Refusal

Apply = Callable[[Definition, Marking, Order], tuple[Marking, tuple[Effect, ...]]]


def plain_effects(effects: tuple[Effect, ...]) -> list[tuple[Any, ...]]:
    """Effects in the words of the naive dossier."""
    return [(type(effect).__name__, *astuple(effect)) for effect in effects]


def plain_refusal(refused: Refused) -> Refusal:
    """A refusal in the words of the naive dossier."""
    legs = refused.details.get("legs", ())
    assert isinstance(legs, tuple)
    return refused.code, legs


def plain_marking(marking: Marking) -> dict[str, Any]:
    """A marking in the words of the naive dossier."""
    return {
        "at": marking.at,
        "waiting": marking.waiting,
        "legs": [(leg.number, leg.key, leg.replied) for leg in marking.legs],
        "used": [*marking.used],
        "next_leg": marking.next_leg,
        "settled": [*marking.settled],
    }


class Pair:
    """One dossier twice: ``naive`` as its history, ``marking`` as the engine has it."""

    def __init__(self, definition: Definition, apply: Apply = engine.apply) -> None:
        self.definition = definition
        self.apply = apply
        self.naive = NaiveDossier(definition)
        self.marking, effects = engine.start(definition)
        assert plain_effects(effects) == self.naive.told
        assert plain_marking(self.marking) == self.naive.view()

    def order(self, order: Order) -> str:
        """Give both the order, assert that they agree, and say the refusal's code or "done"."""
        ahead = engine.refusal(self.definition, self.marking, order)
        expected = self.naive.order(order)
        assert (plain_refusal(ahead) if ahead else None) == expected, order
        got, effects = self._engine(order)
        assert got == expected, order
        assert plain_effects(effects) == self.naive.told, order
        assert plain_marking(self.marking) == self.naive.view(), order
        return expected[0] if expected else "done"

    def _engine(self, order: Order) -> tuple[Refusal | None, tuple[Effect, ...]]:
        try:
            self.marking, effects = self.apply(self.definition, self.marking, order)
        except Refused as refused:
            return plain_refusal(refused), ()
        return None, effects
