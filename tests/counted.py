"""What a handle asks of its door: `ask` or `send` once a statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from motcua.core.sql import Door, Tx

_WAYS = ("ask", "send", "open", "close", "drop")


class _Counting:
    """A door that tells what is asked of it."""

    def __init__(self, door: Door, calls: list[str]) -> None:
        for way in _WAYS:
            setattr(self, way, _told(getattr(door, way), way, calls))


def _told(real: Callable[..., Any], way: str, calls: list[str]) -> Callable[..., Any]:
    def asked(*given: Any, **named: Any) -> Any:
        calls.append(way)
        return real(*given, **named)

    return asked


@contextmanager
def counted(tx: Tx) -> Iterator[list[str]]:
    """Give a list that grows by each statement that this handle asks."""
    door, calls = tx.door, list[str]()
    tx.door = _Counting(door, calls)
    tx.send = tx.door.send
    try:
        yield calls
    finally:
        tx.door, tx.send = door, door.send
