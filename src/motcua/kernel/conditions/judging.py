"""Judging a condition: it holds, it does not, or what it rests on is blank (None)."""

from __future__ import annotations

import calendar
import datetime
import operator
from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Any

from motcua.kernel.conditions.tree import (
    Among,
    Blank,
    Compared,
    Count,
    Every,
    Field,
    Literal,
    Moved,
    Node,
    Not,
    Plain,
    Some,
    Sum,
    Today,
)

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MONTHS = 12


class Facts:
    """The values of a record and the day on which it is judged; days are dates, not text."""

    __slots__ = ("on", "values")

    def __init__(self, values: Mapping[str, Plain], on: datetime.date) -> None:
        self.values, self.on = values, on


def holds(condition: Node, values: Mapping[str, Plain], *, on: datetime.date) -> bool | None:
    """Judge a condition; a field that is absent from the values is blank."""
    answer = _told(condition, Facts(values, on))
    assert answer is None or isinstance(answer, bool)
    return answer


@singledispatch
def _told(node: object, facts: Facts) -> Plain | None:  # noqa: ARG001 - the shape of the others
    raise TypeError(type(node).__name__)


@_told.register
def _(node: Literal, facts: Facts) -> Plain | None:  # noqa: ARG001
    return node.value


@_told.register
def _(node: Field, facts: Facts) -> Plain | None:
    return facts.values.get(node.key)


@_told.register
def _(node: Today, facts: Facts) -> Plain | None:  # noqa: ARG001
    return facts.on


@_told.register
def _(node: Moved, facts: Facts) -> Plain | None:
    day = _told(node.day, facts)
    return moved(day, node.days, node.months) if isinstance(day, datetime.date) else None


@_told.register
def _(node: Count, facts: Facts) -> Plain | None:
    return sum(key in facts.values for key in node.keys)


@_told.register
def _(node: Sum, facts: Facts) -> Plain | None:
    found = [facts.values[key] for key in node.keys if key in facts.values]
    return sum(one for one in found if isinstance(one, int))


@_told.register
def _(node: Compared, facts: Facts) -> Plain | None:
    left, right = _told(node.left, facts), _told(node.right, facts)
    return None if left is None or right is None else _SIGNS[node.sign](left, right)


@_told.register
def _(node: Among, facts: Facts) -> Plain | None:
    value = _told(node.value, facts)
    return None if value is None else value in node.listed


@_told.register
def _(node: Blank, facts: Facts) -> Plain | None:
    return node.key not in facts.values


@_told.register
def _(node: Not, facts: Facts) -> Plain | None:
    part = _told(node.part, facts)
    return None if part is None else not part


@_told.register
def _(node: Every, facts: Facts) -> Plain | None:
    found = [_told(part, facts) for part in node.parts]
    return False if False in found else None if None in found else True


@_told.register
def _(node: Some, facts: Facts) -> Plain | None:
    found = [_told(part, facts) for part in node.parts]
    return True if True in found else None if None in found else False


def moved(day: datetime.date, days: int, months: int) -> datetime.date | None:
    """Move a day; None beyond the years that dates have."""
    whole = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(whole, _MONTHS)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    last = calendar.monthrange(year, month + 1)[1]
    try:
        return datetime.date(year, month + 1, min(day.day, last)) + datetime.timedelta(days=days)
    except OverflowError:
        return None
