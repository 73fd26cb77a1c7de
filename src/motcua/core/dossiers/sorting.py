"""Orders of a list besides the time left, by what its reader sees.

A name that is masked is sorted as the mask, so that no order tells what a mask hides. No index
holds what one reader sees: a list is sorted as a whole, and only up to `SORTED_AT_MOST` rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from motcua.core.access.actors import Actor
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.listing import Line, Page
from motcua.core.dossiers.queries import PAGE, Filter, Listed, dossiers, stretch
from motcua.kernel.vietnamese import Language, name_key, sort_key

SORTED_AT_MOST = 5_000
"""Rows of a list that is put in another order than that in which it lies."""


class Order(StrEnum):
    """In what order a list stands."""

    TIME_LEFT = ""
    NAME = "name"
    CODE = "code"
    PROCEDURE = "procedure"
    RECEIVED = "received"  # newest first
    PROMISED = "promised"


def page_in_order(
    actor: Actor, wanted: Filter, order: Order, language: Language, *, page: int, size: int = PAGE
) -> Listed:
    """Give a page of a list in an order; too long a list stands by the time left."""
    found = dossiers(actor, wanted, page=page, size=size)
    if not is_sorted(order, found.total, more=found.more):
        return found
    lines = all_in_order(actor, wanted, order, language, most=SORTED_AT_MOST).lines
    start = (found.page - 1) * size
    return Listed(lines[start : start + size], len(lines), found.page, size=size)


def is_sorted(order: Order, total: int, *, more: bool) -> bool:
    """Tell whether a list of so many rows is put in this order."""
    return order is not Order.TIME_LEFT and not more and total <= SORTED_AT_MOST


def all_in_order(
    actor: Actor, wanted: Filter, order: Order, language: Language, *, most: int
) -> Page:
    """Give the first `most` rows of a list, with its total, in the order in which it is shown."""
    found = stretch(actor, wanted, size=most)
    if not is_sorted(order, found.total, more=found.more):
        return found
    return Page(sorted_lines(actor, found.lines, order, language), found.total)


def sorted_lines(
    actor: Actor, lines: Sequence[Line], order: Order, language: Language
) -> list[Line]:
    """Sort rows; equal ones stay as they came."""
    if order is Order.NAME:
        return sorted(lines, key=lambda row: name_key(name_in_list(actor, row)))
    if order is Order.PROCEDURE:
        return sorted(lines, key=lambda row: sort_key(row.declaration.short.text(language)))
    key = _KEYS.get(order)
    return list(lines) if key is None else sorted(lines, key=key)


def _earliest(at: datetime.datetime | None) -> tuple[bool, float]:
    return at is None, at.timestamp() if at else 0.0


def _newest(at: datetime.datetime | None) -> tuple[bool, float]:
    return at is None, -at.timestamp() if at else 0.0


_KEYS: Mapping[Order, Callable[[Line], tuple[bool, float] | str]] = {
    Order.CODE: lambda row: row.code or row.lookup,
    Order.RECEIVED: lambda row: _newest(row.received_at),
    Order.PROMISED: lambda row: _earliest(row.promised_at),
}
