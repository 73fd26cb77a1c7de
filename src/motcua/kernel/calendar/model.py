"""The legal calendar of an agency: when it works, and so when a duty is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from motcua.kernel.calendar.days import Closure, DayOff, WorkedDay
from motcua.kernel.calendar.instant import instant_of, minute_of
from motcua.kernel.calendar.shift import OFFICE_WEEK, Shift, Week, in_order, without
from motcua.kernel.calendar.table import Plan, Table, build
from motcua.kernel.errors import Refused

_SATURDAY = 5
_YEARS = range(1900, 2201)
_ONE_DAY = dt.timedelta(days=1)


class OutOfRange(Refused):
    """The question reaches outside the years for which this calendar was laid out."""

    code = "calendar.out_of_range"
    vi = "Lịch làm việc chỉ có từ năm {first_year} đến năm {last_year}; hãy bổ sung lịch."
    en = "The working calendar covers {first_year} to {last_year} only; extend it."


class ReversedStretch(Refused):
    """A stretch of time cannot end before it begins."""

    code = "calendar.reversed"
    vi = "Thời điểm kết thúc {end} sớm hơn thời điểm bắt đầu {begin}; hãy kiểm tra lại."
    en = "The end {end} lies before the beginning {begin}; check both."


class NegativeMinutes(Refused):
    """A number of working minutes is never below zero."""

    code = "calendar.negative_minutes"
    vi = "Số phút làm việc không thể âm: {minutes}."
    en = "A number of working minutes cannot be negative: {minutes}."


class BadSpan(Refused):
    """The span of years is empty or outside what the calendar rules were made for."""

    code = "calendar.bad_span"
    vi = "Khoảng năm {first_year}–{last_year} không hợp lệ (từ 1900 đến 2200, năm đầu ghi trước)."
    en = "The span {first_year}–{last_year} is not valid (1900 to 2200, first year first)."


class BadWeek(Refused):
    """The weekly pattern must name seven days and some work."""

    code = "calendar.bad_week"
    vi = "Lịch tuần phải đủ bảy ngày, từ Thứ Hai, và có ít nhất một ca làm việc."
    en = "A weekly pattern needs seven days, Monday first, and at least one shift."


class UnknownZone(Refused):
    """The time zone is not in the zone database."""

    code = "calendar.unknown_zone"
    vi = "Không có múi giờ “{zone}”; ví dụ đúng: Asia/Ho_Chi_Minh."
    en = "There is no time zone “{zone}”; a right one is Asia/Ho_Chi_Minh."


class DayTwice(Refused):
    """One day was declared twice, or both off and worked."""

    code = "calendar.day_twice"
    vi = "Ngày {day} được khai hai lần; mỗi ngày chỉ giữ một dòng, nghỉ hoặc làm việc."
    en = "The day {day} is declared twice; keep one row a day, either off or worked."


Special = DayOff | WorkedDay


@dataclass(frozen=True)
class Calendar:
    """Shifts of a week, days off, worked days and closures over a span of years.

    All instants given must be aware (else ``NaiveInstant``) and count in whole minutes, rounded
    down; all instants returned are in UTC. Every method raises ``OutOfRange`` outside the years
    ``first_year`` to ``last_year`` of the local time zone; rows dated outside them have no effect.
    Closures cut into whatever else the day says. Legal sources: working hours and days off, Labour
    Code 2019; one working day is eight hours, ``Limit``.
    """

    first_year: int
    last_year: int
    weekly: Week = OFFICE_WEEK
    zone: str = "Asia/Ho_Chi_Minh"
    days_off: tuple[DayOff, ...] = ()
    worked_days: tuple[WorkedDay, ...] = ()
    closures: tuple[Closure, ...] = ()
    table: Table = field(init=False, repr=False, compare=False)
    specials: Mapping[dt.date, Special] = field(init=False, repr=False, compare=False)
    closed: Mapping[dt.date, tuple[Closure, ...]] = field(init=False, repr=False, compare=False)
    tzinfo: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not (self.first_year in _YEARS and self.last_year in _YEARS[self.first_year - 1900 :]):
            raise BadSpan(first_year=self.first_year, last_year=self.last_year)
        if len(self.weekly) != 7 or not any(self.weekly):
            raise BadWeek
        self._keep("weekly", tuple(in_order(shifts) for shifts in self.weekly))
        self._keep("tzinfo", _zone(self.zone))
        self._keep("specials", _by_day((*self.days_off, *self.worked_days)))
        self._keep("closed", _closures_by_day(self.closures))
        first = dt.date(self.first_year, 1, 1)
        last = dt.date(self.last_year, 12, 31)
        self._keep("table", build(first, last, self.tzinfo, self._plan))

    def due(self, start: dt.datetime, minutes: int) -> dt.datetime:
        """Give the earliest instant at which ``used(start, instant)`` equals ``minutes``."""
        if minutes < 0:
            raise NegativeMinutes(minutes=minutes)
        begin = self.minute(start)
        return instant_of(self.due_minute(begin, minutes) if minutes else begin)

    def due_minute(self, begin: int, minutes: int) -> int:
        """Do ``due`` in minutes since the epoch; ``minutes`` must be above zero."""
        try:
            return self.table.earliest(self.table.worked(begin) + minutes)
        except IndexError:
            raise self.out_of_range() from None

    def used(self, begin: dt.datetime, end: dt.datetime) -> int:
        """Count the working minutes between two instants; raises ``ReversedStretch``."""
        low, high = self.minute(begin), self.minute(end)
        if high < low:
            raise ReversedStretch(begin=begin.isoformat(), end=end.isoformat())
        return self.table.worked(high) - self.table.worked(low)

    def latest_start(self, due: dt.datetime, minutes: int) -> dt.datetime:
        """Give the latest instant from which ``minutes`` are still used up by ``due``."""
        if minutes < 0:
            raise NegativeMinutes(minutes=minutes)
        end = self.minute(due)
        total = self.table.worked(end) - minutes
        if total < 0:
            raise self.out_of_range()
        return instant_of(self.table.latest(total) if minutes else end)

    def is_working(self, at: dt.datetime) -> bool:
        """Say whether the office works in the minute of ``at`` (12:00 and 17:00 are over)."""
        minute = self.minute(at)
        return next(self.table.stretches(minute, minute + 1), None) is not None

    def next_working(self, at: dt.datetime) -> dt.datetime:
        """Give ``at`` itself in working time, otherwise the beginning of the next shift."""
        try:
            return instant_of(self.table.latest(self.table.worked(self.minute(at))))
        except IndexError:
            raise self.out_of_range() from None

    def end_of_working_day(self, at: dt.datetime) -> dt.datetime:
        """Give the end of the working day of ``at``, or of the next when no work is left in it."""
        return self.close_of(self.working_day(at))

    def working_day(self, at: dt.datetime) -> dt.date:
        """Give the local day of ``at`` if working time is left in it, otherwise the next one."""
        day = self.local(at).date()
        midnight = self.table.midnights[(day - self.table.first).days + 1]
        left = self.table.worked(midnight) - self.table.worked(self.minute(at))
        return day if left else self.next_working_day(day)

    def close_of(self, day: dt.date) -> dt.datetime:
        """Give the end of the last shift of ``day``, or of the next working day if it is off.

        A part-day closure does not bring the hour forward: no closure makes a promise earlier.
        """
        return instant_of(self.table.closes[self._next_index(day)])

    def is_working_day(self, day: dt.date) -> bool:
        """Say whether any working minute lies in the local day."""
        index = self._index(day)
        return self.table.nexts[index] == index

    def next_working_day(self, day: dt.date) -> dt.date:
        """Give the first working day after ``day``."""
        return self.table.first + self._next_index(day + _ONE_DAY) * _ONE_DAY

    def stretches(self, day: dt.date) -> tuple[tuple[int, int], ...]:
        """Give the working stretches of a local day in minutes since the epoch."""
        index = self._index(day)
        begin, end = self.table.midnights[index], self.table.midnights[index + 1]
        return tuple(self.table.stretches(begin, end))

    def local(self, at: dt.datetime) -> dt.datetime:
        """Give the same instant on the wall clock of the office."""
        return instant_of(self.minute(at)).astimezone(self.tzinfo)

    def minute(self, at: dt.datetime) -> int:
        """Give the whole minute of an instant that lies within the span."""
        minute = minute_of(at)
        midnights = self.table.midnights
        if not midnights[0] <= minute < midnights[-1]:
            raise self.out_of_range()
        return minute

    def out_of_range(self) -> OutOfRange:
        """Make the refusal that names the years covered."""
        return OutOfRange(first_year=self.first_year, last_year=self.last_year)

    def _keep(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def _plan(self, day: dt.date) -> Plan:
        special = self.specials.get(day)
        shifts = self.weekly[day.weekday()] if special is None else self._shifts_of(special)
        close = shifts[-1].end if shifts else 0
        for closure in self.closed.get(day, ()):
            shifts = without(shifts, closure.part) if closure.part else ()
        return Plan(shifts, close)

    def _shifts_of(self, special: Special) -> tuple[Shift, ...]:
        if isinstance(special, DayOff):
            return ()
        if special.shifts is not None:
            return in_order(special.shifts)
        weekday = special.day.weekday()
        own = self.weekly[weekday] if weekday < _SATURDAY else ()
        return own or self.weekly[0]

    def _index(self, day: dt.date) -> int:
        index = (day - self.table.first).days
        if not 0 <= index < len(self.table.closes):
            raise self.out_of_range()
        return index

    def _next_index(self, day: dt.date) -> int:
        index = self.table.nexts[self._index(day)]
        if index == len(self.table.closes):
            raise self.out_of_range()
        return index


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise UnknownZone(zone=name) from None


def _by_day(rows: Iterable[Special]) -> dict[dt.date, Special]:
    days: dict[dt.date, Special] = {}
    for row in rows:
        if row.day in days:
            raise DayTwice(day=row.day.isoformat())
        days[row.day] = row
    return days


def _closures_by_day(rows: Iterable[Closure]) -> dict[dt.date, tuple[Closure, ...]]:
    days: dict[dt.date, tuple[Closure, ...]] = {}
    for row in rows:
        days[row.day] = (*days.get(row.day, ()), row)
    return days
