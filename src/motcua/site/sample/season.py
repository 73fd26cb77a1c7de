"""When made-up applicants come: by hour, weekday and season, over the working calendar.

The weights are made up after what offices tell of themselves: Mondays and mornings are full, the
weeks before a long closure (Tết) bring more than those after it, and nobody stands at a closed
counter. Online people come at any hour, most of them in office hours and in the evening.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from motcua.kernel.calendar import Calendar

_DAY = datetime.timedelta(days=1)
_WEEKDAYS = (1.3, 1.1, 1.0, 0.95, 0.9, 0.8, 0.7)
_COUNTER_HOURS = (0, 0, 0, 0, 0, 0, 0, 5, 10, 10, 9, 6, 3, 7, 9, 8, 5, 2, 1, 1, 1, 1, 1, 0)
_ONLINE_HOURS = (2, 1, 1, 0, 0, 1, 3, 6, 9, 10, 10, 8, 6, 6, 8, 9, 9, 8, 7, 8, 10, 10, 7, 4)
_DAY_OFF, _IN_CLOSURE = 0.3, 0.08  # of a working day's online filings
_LONG_CLOSURE = 6  # days in a row on which nobody works: Tết, in most years nothing else
_RUSH, _QUIET = 21, 14  # days before and after a long closure that feel it
_LAST_DAYS, _FIRST_DAYS = 3, 5
_YEAR_END = 12
_LOOKS_BACK = 10  # days whose arrivals are still felt on the desks
_LEAST, _MOST = 0.75, 1.7


class Season:
    """A stretch of days with how much comes in on each, at the counter and online."""

    def __init__(self, calendar: Calendar, first: datetime.date, days: int) -> None:
        self.calendar = calendar
        self.days = [first + number * _DAY for number in range(days)]
        closures = list(_long_closures(calendar, first - _RUSH * _DAY, days + 2 * _RUSH))
        open_ = [calendar.is_working_day(day) for day in self.days]
        base = [_WEEKDAYS[day.weekday()] * _around(day, closures) for day in self.days]
        self.counter = [one if works else 0.0 for one, works in zip(base, open_, strict=True)]
        self.online = [
            one if works else one * (_IN_CLOSURE if _within(day, closures) else _DAY_OFF)
            for day, one, works in zip(self.days, base, open_, strict=True)
        ]
        self._counter, self._online = list(accumulate(self.counter)), list(accumulate(self.online))

    def arrival(self, chance: Random, *, online: bool) -> datetime.datetime:
        """Draw when somebody comes; at the counter while it is open.

        Where no counter opens in the whole stretch, nobody comes before its end.
        """
        if not online and not self._counter[-1]:
            return self.calendar.close_of(self.days[-1])
        (day,) = chance.choices(self.days, cum_weights=self._online if online else self._counter)
        second = datetime.timedelta(
            seconds=chance.randrange(60), microseconds=chance.randrange(1_000_000)
        )
        return (self._anytime if online else self._opened)(day, chance) + second

    def pressure(self, day: datetime.date) -> float:
        """Tell how full the desks are on a day, 1 in a mean one, by what came in lately."""
        until = min(max((day - self.days[0]).days + 1, 1), len(self.days))
        lately = self.online[max(until - _LOOKS_BACK, 0) : until]
        mean = sum(self.online) / len(self.online)
        return min(max(sum(lately) / len(lately) / mean, _LEAST), _MOST) if mean else 1.0

    def _anytime(self, day: datetime.date, chance: Random) -> datetime.datetime:
        (hour,) = chance.choices(range(24), _ONLINE_HOURS)
        minute = datetime.time(hour, chance.randrange(60))
        local = datetime.datetime.combine(day, minute, self.calendar.tzinfo)
        return local.astimezone(datetime.UTC)

    def _opened(self, day: datetime.date, chance: Random) -> datetime.datetime:
        stretches = self.calendar.stretches(day)
        sizes = [end - begin for begin, end in stretches]
        while True:
            (begin, _end), size = chance.choices(list(zip(stretches, sizes, strict=True)), sizes)[0]
            minute = begin + chance.randrange(size)
            at = datetime.datetime.fromtimestamp(minute * 60, datetime.UTC)
            full = _COUNTER_HOURS[at.astimezone(self.calendar.tzinfo).hour]
            if chance.random() * max(_COUNTER_HOURS) < max(full, 1):
                return at


def _long_closures(
    calendar: Calendar, first: datetime.date, days: int
) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Give the first and the last day of each long closure."""
    began: datetime.date | None = None
    for number in range(days):
        day = first + number * _DAY
        if not calendar.is_working_day(day):
            began = began or day
            continue
        if began is not None and (day - began).days >= _LONG_CLOSURE:
            yield began, day - _DAY
        began = None


def _within(day: datetime.date, closures: Sequence[tuple[datetime.date, datetime.date]]) -> bool:
    return any(begin <= day <= end for begin, end in closures)


def _around(day: datetime.date, closures: Sequence[tuple[datetime.date, datetime.date]]) -> float:
    """Weigh a day by the closure that it lies before or after, and by the end of the year."""
    for begin, end in closures:
        before, after = (begin - day).days, (day - end).days
        if 0 < before <= _RUSH:
            return 0.6 if before <= _LAST_DAYS else 1.4
        if 0 < after <= _QUIET:
            return 0.5 if after <= _FIRST_DAYS else 0.8
    return 1.15 if day.month == _YEAR_END else 1.0
