"""What is counted, when and where: pure, from the stretches of one dossier's situation.

Every dossier is received once, by the first stretch beyond the counter's check, and ends once, by
the first stretch of its last end: one that was reopened is waiting until it ends again.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

BEFORE = frozenset({"draft", "submitted", "supplement_before"})
"""States of a dossier that nobody received yet."""
OVER = frozenset({"resolved", "returned", "stopped", "withdrawn", "refused_reception"})
"""States in which nothing is owed any more: the result is ready, or there will be none."""
AWAITED = frozenset({"supplement", "fee_wait"})
"""States in which the applicant is awaited; the time counts for nobody."""
WITHDRAWN = "withdrawn"
ONLINE = "online"
"""The channel of what applicants file themselves, through the portal or a program of theirs."""


class Kind(StrEnum):
    """Kinds of periods; `LAST` are the month of the cut-off and the eleven before it."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LAST = "last12"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a dossier's situation; `ended_at` is None while it lasts."""

    state: str
    agency_id: int
    due_at: datetime.datetime | None
    began_at: datetime.datetime
    ended_at: datetime.datetime | None


@dataclass(frozen=True, slots=True)
class Course:
    """How a received dossier went: open stretches in order, and the one that ended it, if any."""

    received_at: datetime.datetime
    open: Sequence[Stretch]
    end: Stretch | None


def course(stretches: Sequence[Stretch]) -> Course | None:
    """Give the course of a dossier, None where it was never received."""
    first = next((n for n, one in enumerate(stretches) if one.state not in BEFORE | OVER), None)
    if first is None:
        return None
    last = len(stretches)
    while last > first and stretches[last - 1].state in OVER:
        last -= 1
    end = stretches[last] if last < len(stretches) else None
    return Course(stretches[first].began_at, stretches[first:last], end)


@dataclass(slots=True)
class Sums:
    """What one cell adds up to; `minutes` counts how many ended after so many working minutes."""

    received: int = 0
    online: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    undated: int = 0
    withdrawn: int = 0
    waiting: int = 0
    waiting_late: int = 0
    ratings: int = 0
    points: int = 0
    marks: int = 0
    minutes: Counter[int] = field(default_factory=Counter)

    def end(self, bucket: str) -> None:
        """Count an end by its bucket; empty where there was no limit to measure by."""
        name = bucket or "undated"
        setattr(self, name, getattr(self, name) + 1)

    def add(self, other: Sums, *, standing: bool) -> None:
        """Add what happened in another cell; what waits there only where it still `standing`s."""
        for name in _HAPPENED:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.minutes.update(other.minutes)
        if standing:
            self.waiting += other.waiting
            self.waiting_late += other.waiting_late


_HAPPENED = (
    *("received", "online", "early", "on_time", "late", "undated", "withdrawn"),
    *("ratings", "points", "marks"),
)


def median(minutes: Counter[int]) -> int | None:
    """Give the middle of counted minutes, of two middle ones their mean, rounded down."""
    total = minutes.total()
    if not total:
        return None
    low, high = _nth(minutes, (total - 1) // 2), _nth(minutes, total // 2)
    return (low + high) // 2


def _nth(minutes: Counter[int], wanted: int) -> int:
    passed = 0
    for value in sorted(minutes):
        passed += minutes[value]
        if passed > wanted:
            return value
    raise IndexError(wanted)


def month_of(day: datetime.date) -> datetime.date:
    """Give the first day of a month."""
    return day.replace(day=1)


def next_month(first: datetime.date) -> datetime.date:
    """Give the first day of the month after."""
    return (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def months_back(first: datetime.date, number: int) -> datetime.date:
    """Give the first day of the month so many months before."""
    index = first.year * 12 + first.month - 1 - number
    return datetime.date(index // 12, index % 12 + 1, 1)


def first_of(kind: Kind, month: datetime.date) -> datetime.date:
    """Give the first day of the quarter or year that a month lies in; of a month, itself."""
    if kind is Kind.QUARTER:
        return month.replace(month=month.month - (month.month - 1) % 3)
    return month.replace(month=1) if kind is Kind.YEAR else month


_MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12, Kind.LAST: 12}


def last_month(kind: Kind, first: datetime.date) -> datetime.date:
    """Give the last month of a period that begins on a day."""
    return months_back(first, 1 - _MONTHS[kind])


def periods(month: datetime.date, now: datetime.date) -> Iterator[tuple[Kind, datetime.date, bool]]:
    """Give the periods that a month belongs to, at the month of the cut-off.

    The third says that what waits at the month's end waits at the period's end, too.
    """
    for kind in (Kind.MONTH, Kind.QUARTER, Kind.YEAR):
        first = first_of(kind, month)
        yield kind, first, month == min(last_month(kind, first), now)
    begin = months_back(now, 11)
    if begin <= month <= now:
        yield Kind.LAST, begin, month == now


def shielded(finished: Sequence[int], least: int) -> list[bool]:
    """Tell of which rows the outcomes are hidden: those with fewer than `least` ends.

    Where that is one row alone, its outcomes would follow from the total, so the smallest of the
    others is hidden with it. Rows without an end have nothing to hide.
    """
    hidden = [0 < number < least for number in finished]
    if sum(hidden) == 1:
        others = [(number, at) for at, number in enumerate(finished) if number and not hidden[at]]
        if others:
            hidden[min(others)[1]] = True
    return hidden
