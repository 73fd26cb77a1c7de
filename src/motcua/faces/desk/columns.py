"""The heads of a list's columns: most lead to the list in the order of that column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `address` is empty where a list has no order by it."""

    id: str
    words: str
    address: str
    is_sorted: bool


def heads(
    columns: Sequence[tuple[str, str | None]], sort: str, address: Callable[[str], str]
) -> list[Head]:
    """Give the heads of columns: the words of each, and the order it stands for if any."""
    return [
        Head(
            f"by-{by or 'han'}",
            words,
            "" if by is None else address(by),
            is_sorted=by is not None and by == sort,
        )
        for words, by in columns
    ]
