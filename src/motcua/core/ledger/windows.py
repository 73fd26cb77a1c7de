"""Lost windows: seals that a witness holds and a book restored from a backup does not.

Whoever restores says so in the house's own stream (`restore`), so a gap is either told there or
tampering. The seals go on after the window: what a witness holds is never overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.book import Book
from motcua.core.ledger.models import Entry

RESTORE = "restore"

Window = tuple[int, int]
"""The first and the last number of the seals that were lost."""


def lost_windows(book: Book) -> tuple[Window, ...]:
    """Give the windows of a book that restores told of, in the order in which they were told."""
    bodies = Entry.objects.of(HOUSE).filter(act=RESTORE).values_list("body", flat=True)
    told = (json.loads(body)["data"]["lost"].get(book.name) for body in bodies)
    return tuple((int(one[0]), int(one[1])) for one in told if one)


def past(number: int, windows: Iterable[Window]) -> int:
    """Give the first number from this one on that lies in no window; the windows are as told."""
    for first, last in windows:
        if first <= number <= last:
            number = last + 1
    return number


def within(number: int, windows: Iterable[Window]) -> bool:
    """Tell whether a seal of this number was lost with a restore."""
    return any(first <= number <= last for first, last in windows)
