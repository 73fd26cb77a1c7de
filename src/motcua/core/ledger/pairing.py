"""Comparing what entries tell with what rows hold, one stream at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from typing import Any

Told = tuple[Any, ...]
"""A fact as both sides spell it; its first element is the stream."""


def differing(told: Iterable[Told], kept: Iterable[Told]) -> Iterator[Told]:
    """Give every fact that one side has and the other has not.

    Both come in the order of their streams; no more than one stream is held in memory.
    """
    sides = merge(
        ((fact, 1) for fact in told), ((fact, -1) for fact in kept), key=lambda one: one[0][0]
    )
    for _, facts in groupby(sides, key=lambda one: one[0][0]):
        balance: Counter[Told] = Counter()
        for fact, side in facts:
            balance[fact] += side
        yield from sorted((fact for fact, left in balance.items() if left), key=str)
