"""What a condition is made of."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

Plain = str | int | bool | datetime.date


class Kind(StrEnum):
    """What a value is; only values of one kind are compared."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the condition."""

    value: Plain


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a field."""

    key: str


@dataclass(frozen=True, slots=True)
class Today:
    """The day on which the record is judged."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A day moved by days or months (negative: back); the last day of a month bounds the latter."""

    day: Node
    days: int
    months: int


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some fields are filled in."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of some number fields; blank ones add nothing."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two values and the sign between them."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Among:
    """Whether a value is one of those listed."""

    value: Node
    listed: tuple[Plain, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """Whether a field is not filled in; this is always known."""

    key: str


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: Node


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Node, ...]


Node = Literal | Field | Today | Moved | Count | Sum | Compared | Among | Blank | Not | Every | Some


def fields_of(node: Node) -> frozenset[str]:
    """Give the fields that a condition asks about."""
    keys = {one.key for one in walk(node) if isinstance(one, Field | Blank)}
    lists = [one.keys for one in walk(node) if isinstance(one, Count | Sum)]
    return frozenset(keys.union(*lists))


def uses_today(node: Node) -> bool:
    """Tell whether the answer may change though the record does not."""
    return any(isinstance(one, Today) for one in walk(node))


def walk(node: Node) -> Iterator[Node]:
    """Give a condition and all its parts."""
    yield node
    for one in fields(node):
        told = getattr(node, one.name)
        for part in told if isinstance(told, tuple) else (told,):
            if isinstance(part, Node):
                yield from walk(part)
