"""Legal limits: how long an agency has, in the units in which the law states it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from motcua.kernel.calendar.instant import instant_of, minute_of
from motcua.kernel.calendar.model import Calendar, OutOfRange, ReversedStretch
from motcua.kernel.calendar.unit import (
    MINUTES_A_UNIT,
    Unit,
    amount_text,
    same_day_words,
    unit_words,
)
from motcua.kernel.errors import Refused

_ONE_DAY = dt.timedelta(days=1)
_BEYOND = 2**62


_TEXT = re.compile(
    r"(?P<amount>[0-9]{1,9}(?:\.[0-9]{1,9})?|[0-9]{1,9}/[1-9][0-9]{0,8}) (?P<unit>[a-z_]+)"
)
_SAME_DAY = re.compile(r"same_day(?: late_after (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d))?")


class BadLimit(Refused):
    """The amount does not fit the unit."""

    code = "limit.bad_amount"
    vi = "Thời hạn {amount} {unit} không hợp lệ: phải lớn hơn 0 và ra số phút hoặc số ngày nguyên."
    en = "The limit {amount} {unit} is not valid: above 0, in whole minutes or whole days."


class UnreadableLimit(Refused):
    """The text is not a limit."""

    code = "limit.unreadable"
    vi = "Không đọc được thời hạn “{text}”; ví dụ đúng: 10 working_day, 0.5 working_day, same_day."
    en = "The limit “{text}” cannot be read; right ones: 10 working_day, 0.5 working_day, same_day."


class NotInMinutes(Refused):
    """A limit in calendar days, months or the day itself has no fixed number of minutes."""

    code = "limit.not_in_minutes"
    vi = "Thời hạn “{text}” tính theo ngày lịch, không đổi ra số phút được."
    en = "The limit “{text}” counts dates and has no number of minutes."


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount of time with its unit.

    * Working units count working minutes; a working day is eight hours and may be divided.
    * ``hour`` counts every hour of the clock, by night and on days off.
    * ``calendar_day`` and ``month`` do not count the first day, end with the last shift of the
      last day and move on to the next working day when that one is off (Civil Code 2015,
      Articles 147 and 148); a month without the day ends on its last day.
    * ``same_day`` ends with the working day of receipt; what is received after ``late_after``
      (local time) on a working day ends with the next one
      (QĐ 1811/QĐ-TTPVHCC of Hà Nội for copies of civil status).

    ``amount`` may be given as an integer, ``Decimal`` or ``Fraction`` and is kept as a
    ``Fraction``. Raises ``BadLimit``.
    """

    amount: Fraction | Decimal | int
    unit: Unit
    late_after: dt.time | None = None
    whole_minutes: int | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        amount = _fraction(self.amount, self.unit)
        minutes = amount * MINUTES_A_UNIT.get(self.unit, 1)
        odd = self.unit is Unit.SAME_DAY and amount != 1
        stray = self.unit is not Unit.SAME_DAY and self.late_after is not None
        if amount <= 0 or minutes.denominator != 1 or odd or stray:
            raise BadLimit(amount=self.amount, unit=self.unit.value)
        object.__setattr__(self, "amount", amount)
        measured = self.unit in MINUTES_A_UNIT
        object.__setattr__(self, "whole_minutes", minutes.numerator if measured else None)

    def __str__(self) -> str:
        """Write the stable text that ``parse`` reads."""
        if self.unit is not Unit.SAME_DAY:
            return f"{amount_text(Fraction(self.amount))} {self.unit.value}"
        return "same_day" + (f" late_after {self.late_after:%H:%M}" if self.late_after else "")

    @classmethod
    def parse(cls, text: str) -> Limit:
        """Read ``10 working_day``, ``0.5 working_day`` or ``same_day late_after 15:00``."""
        if same_day := _SAME_DAY.fullmatch(text):
            hour, minute = same_day.groups()
            late_after = dt.time(int(hour), int(minute)) if hour else None
            return cls(1, Unit.SAME_DAY, late_after)
        match = _TEXT.fullmatch(text)
        if match is None or match["unit"] not in set(Unit) - {Unit.SAME_DAY}:
            raise UnreadableLimit(text=text)
        return cls(Fraction(match["amount"]), Unit(match["unit"]))

    @property
    def minutes(self) -> int:
        """Give the minutes of a limit that counts them; raises ``NotInMinutes``."""
        if self.whole_minutes is None:
            raise NotInMinutes(text=str(self))
        return self.whole_minutes

    @property
    def counts_dates(self) -> bool:
        """Say whether the limit is kept in dates instead of minutes."""
        return self.whole_minutes is None

    def due(self, calendar: Calendar, start: dt.datetime, *, paused_days: int = 0) -> dt.datetime:
        """Give the instant at which the limit ends when its clock starts at ``start``.

        ``paused_days`` moves the last day of a limit that counts dates; other limits keep the
        minutes they have left and must not be given any.
        """
        if self.counts_dates:
            day = self.last_day(calendar, start) + paused_days * _ONE_DAY
            return calendar.close_of(day)
        return self.reach(calendar, start, self.minutes)

    def last_day(self, calendar: Calendar, start: dt.datetime) -> dt.date:
        """Give the last day of a limit that counts dates, before it moves on to a working day."""
        if self.unit is Unit.SAME_DAY:
            return self._same_day(calendar, start)
        first, amount = calendar.local(start).date(), int(self.amount)
        try:
            return _add(first, amount, self.unit)
        except (OverflowError, ValueError):
            raise calendar.out_of_range() from None

    def reach(self, calendar: Calendar, start: dt.datetime, minutes: int) -> dt.datetime:
        """Give the earliest instant by which ``minutes`` of this limit's kind have passed."""
        if self.unit is not Unit.HOUR:
            return calendar.due(start, minutes)
        try:
            return instant_of(calendar.minute(start) + minutes)
        except OverflowError:
            raise calendar.out_of_range() from None

    def spent(self, calendar: Calendar, begin: dt.datetime, end: dt.datetime) -> int:
        """Count minutes of this limit's kind: of the clock for ``hour``, else working minutes."""
        if self.unit is not Unit.HOUR:
            return calendar.used(begin, end)
        if minute_of(end) < minute_of(begin):
            raise ReversedStretch(begin=begin.isoformat(), end=end.isoformat())
        return minute_of(end) - minute_of(begin)

    def latest_start(self, calendar: Calendar, due: dt.datetime) -> dt.datetime:
        """Give the latest minute at which the clock may start and still end by ``due``."""
        if self.unit in MINUTES_A_UNIT and self.unit is not Unit.HOUR:
            return calendar.latest_start(due, self.minutes)
        begin, end = calendar.table.midnights[0], calendar.minute(due)
        starts = range(begin, end + 1)
        index = bisect_right(starts, end, key=lambda minute: self._due_minute(calendar, minute))
        if index == 0:
            raise calendar.out_of_range()
        return instant_of(starts[index - 1])

    def text(self, language: str) -> str:
        """Write the limit for a reader, in ``vi`` or ``en``."""
        if self.unit is Unit.SAME_DAY:
            return same_day_words(self.late_after, language)
        return unit_words(Fraction(self.amount), self.unit, language)

    def _same_day(self, calendar: Calendar, start: dt.datetime) -> dt.date:
        wall = calendar.local(start)
        day = calendar.working_day(start)
        late = self.late_after is not None and wall.time() > self.late_after
        return calendar.next_working_day(day) if late and day == wall.date() else day

    def _due_minute(self, calendar: Calendar, minute: int) -> int:
        try:
            return minute_of(self.due(calendar, instant_of(minute)))
        except OutOfRange:
            return _BEYOND


def _fraction(amount: Fraction | Decimal | int, unit: Unit) -> Fraction:
    # A float would bring amounts such as 0.1 that no statute states; bool is an int by accident.
    if isinstance(amount, bool) or not isinstance(amount, Fraction | Decimal | int):
        raise BadLimit(amount=amount, unit=unit.value)
    try:
        return Fraction(amount)
    except (ValueError, OverflowError):
        raise BadLimit(amount=amount, unit=unit.value) from None


def _add(first: dt.date, amount: int, unit: Unit) -> dt.date:
    if unit is Unit.CALENDAR_DAY:
        return first + amount * _ONE_DAY
    years, month = divmod(first.month - 1 + amount, 12)
    opening = dt.date(first.year + years, month + 1, 1)
    length = ((opening + 31 * _ONE_DAY).replace(day=1) - opening).days
    return opening.replace(day=min(first.day, length))
