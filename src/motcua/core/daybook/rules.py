"""Which number a dossier has in the book of its year, and in which volume it stands.

TT 01/2018/TT-VPCP Điều 10: a book a year, numbered from 01 to the year's end and on through its
volumes. How long a volume is the law leaves open.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

LINES_A_VOLUME = 500
"""Lines of a volume; papers state the number of the volume, so it never changes."""


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a dossier stands: in which year's book, as which number from 1 on."""

    year: int
    number: int

    @property
    def volume(self) -> int:
        """The volume (quyển) that holds the number, from 1 on."""
        return 1 + (self.number - 1) // LINES_A_VOLUME


class Counts:
    """How many dossiers an agency received on each day of a year, summed up."""

    def __init__(self, days: Iterable[tuple[datetime.date, int]]) -> None:
        """Take the days in their order."""
        known = list(days)
        self._days = [day for day, _ in known]
        self._sums = [0, *accumulate(count for _, count in known)]

    def place(self, day: datetime.date, number: int) -> Place:
        """Give the place of what was received as this number of a day: after all days before."""
        return Place(day.year, self._sums[bisect_left(self._days, day)] + number)
