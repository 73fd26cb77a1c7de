"""A door to the database that tells how it was asked: `ask` or `send`, once a statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from motcua.core.sql import Tx


class _Counting:
    def __init__(self, door: Any, calls: list[str]) -> None:
        self._door, self._calls = door, calls

    def __getattr__(self, name: str) -> Any:
        self._calls.append(name)
        return getattr(self._door, name)


@contextmanager
def counted(tx: Tx) -> Iterator[list[str]]:
    """Give a list that grows by each statement that this handle asks."""
    door, calls = tx.door, list[str]()
    tx.door = _Counting(door, calls)
    try:
        yield calls
    finally:
        tx.door = door
