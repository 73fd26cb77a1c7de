"""Chance that is the same on every machine (the kernel, its tests included, imports no random)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_WORD = (1 << 64) - 1


class Dice:
    """SplitMix64 (Steele, Lea and Flood, OOPSLA 2014), enough to throw dice with."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _WORD

    def below(self, bound: int) -> int:
        """Give a number from 0 to ``bound`` - 1."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _WORD
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _WORD
        return (z ^ (z >> 31)) % bound

    def percent(self, chance: int) -> bool:
        """Say yes so often."""
        return self.below(100) < chance

    def one(self, things: Sequence[T]) -> T:
        """Pick one."""
        return things[self.below(len(things))]

    def some(self, things: Sequence[T], chance: int) -> list[T]:
        """Keep each with this chance, in a random order."""
        kept = [thing for thing in things if self.percent(chance)]
        return [kept.pop(self.below(len(kept))) for _ in range(len(kept))]
