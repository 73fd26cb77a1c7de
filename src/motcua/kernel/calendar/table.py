"""The cumulative table of working minutes that makes every question one bisection."""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from motcua.kernel.calendar.instant import minute_of
from motcua.kernel.calendar.shift import Shift

_ONE_DAY = dt.timedelta(days=1)


class Plan(NamedTuple):
    """One local day: what is worked, and when the office would shut had nothing closed it."""

    worked: tuple[Shift, ...]
    close: int


class Planner(Protocol):
    """Says what is worked on a day."""

    def __call__(self, day: dt.date, /) -> Plan: ...


@dataclass(frozen=True, slots=True)
class Table:
    """Working stretches of a span of local days, in minutes since 1970-01-01T00:00Z.

    ``begins[i]`` is where the i-th stretch begins and ``totals[i]`` the working minutes before it;
    ``totals`` has one entry more, the minutes of the whole span. Days are counted from ``first``:
    ``midnights`` (one entry more), ``closes`` and ``nexts`` (first day at or after with work).
    """

    first: dt.date
    begins: array[int]
    totals: array[int]
    midnights: array[int]
    closes: array[int]
    nexts: array[int]

    def worked(self, minute: int) -> int:
        """Count the working minutes from the beginning of the span to ``minute``."""
        index = bisect_right(self.begins, minute) - 1
        if index < 0:
            return 0
        return min(self.totals[index] + minute - self.begins[index], self.totals[index + 1])

    def earliest(self, total: int) -> int:
        """Give the first minute by which ``total`` > 0 working minutes have passed.

        Raises ``IndexError`` when the span ends before that.
        """
        index = bisect_left(self.totals, total) - 1
        return self.begins[index] + total - self.totals[index]

    def latest(self, total: int) -> int:
        """Give the last minute by which no more than ``total`` working minutes have passed.

        Raises ``IndexError`` when that lies beyond the last stretch.
        """
        index = bisect_right(self.totals, total) - 1
        return self.begins[index] + total - self.totals[index]

    def stretches(self, begin: int, end: int) -> Iterator[tuple[int, int]]:
        """Give the working stretches between two minutes, clipped to them."""
        index = max(bisect_right(self.begins, begin) - 1, 0)
        while index < len(self.begins) and self.begins[index] < end:
            length = self.totals[index + 1] - self.totals[index]
            low, high = max(self.begins[index], begin), min(self.begins[index] + length, end)
            if low < high:
                yield low, high
            index += 1


def build(first: dt.date, last: dt.date, zone: ZoneInfo, plan: Planner) -> Table:
    """Lay out every day from ``first`` to ``last``, both included."""
    table = Table(first, array("q"), array("q", [0]), array("q"), array("q"), array("q"))
    table.midnights.append(_minute(first, 0, zone))
    day = first
    while day <= last:
        _add_day(table, day, zone, plan(day))
        day += _ONE_DAY
    _link_days(table)
    return table


def _add_day(table: Table, day: dt.date, zone: ZoneInfo, plan: Plan) -> None:
    midnight, following = table.midnights[-1], _minute(day + _ONE_DAY, 0, zone)
    # Days on which the clocks change are rare: the others need no conversion per shift.
    even = following - midnight == 24 * 60
    for shift in plan.worked:
        begin = midnight + shift.begin if even else _minute(day, shift.begin, zone)
        end = midnight + shift.end if even else _minute(day, shift.end, zone)
        _add_stretch(table, begin, end)
    table.closes.append(midnight + plan.close if even else _minute(day, plan.close, zone))
    table.midnights.append(following)


def _add_stretch(table: Table, begin: int, end: int) -> None:
    if table.begins:
        previous_length = table.totals[-1] - table.totals[-2]
        # A shift that lies in the hour skipped by a clock change would overlap the one before.
        begin = max(begin, table.begins[-1] + previous_length)
    if begin < end:
        table.begins.append(begin)
        table.totals.append(table.totals[-1] + end - begin)


def _link_days(table: Table) -> None:
    days = len(table.closes)
    following = days
    links = array("q", bytes(8 * days))
    for index in reversed(range(days)):
        if table.worked(table.midnights[index]) < table.worked(table.midnights[index + 1]):
            following = index
        links[index] = following
    table.nexts.extend(links)


def _minute(day: dt.date, minute: int, zone: ZoneInfo) -> int:
    """Give the minute since the epoch of a local wall-clock minute of a day."""
    days, within = divmod(minute, 24 * 60)
    wall = dt.time(within // 60, within % 60)
    return minute_of(dt.datetime.combine(day + days * _ONE_DAY, wall, tzinfo=zone))
