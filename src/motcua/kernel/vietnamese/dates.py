"""Dates as people here write and type them: day first, always; never month first."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from motcua.kernel.errors import Refused

Language = Literal["vi", "en"]

_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.\- ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class DateUnreadable(Refused):
    """Not a date typed as day, month, year."""

    code = "date.unreadable"
    vi = "Không đọc được ngày “{text}”; hãy nhập ngày/tháng/năm, ví dụ 24/8/2025."
    en = "“{text}” is not a date; type day/month/year, for example 24/8/2025."


class NoSuchDay(Refused):
    """A day that the calendar does not have, such as 30 February."""

    code = "date.no_such_day"
    vi = "Không có ngày {day}/{month}/{year}; hãy nhập ngày trước, tháng sau."
    en = "There is no day {day}/{month}/{year}; type the day first, then the month."


def parse_date(text: str, *, latest: date | None = None) -> date:
    """Read ``24/8/25``, ``24/08/2025``, the same with dots, dashes or spaces, or ISO form.

    Two digits of a year mean 20yy; with ``latest`` (a birth date: today) a day after it falls
    back to 19yy. Raises ``DateUnreadable`` or ``NoSuchDay``.
    """
    text = text.strip()
    if iso := _ISO.fullmatch(text):
        return date_of(day=int(iso[3]), month=int(iso[2]), year=int(iso[1]))
    typed = _DAY_FIRST.fullmatch(text)
    if not typed:
        raise DateUnreadable(text=text[:40])
    day, month, year = int(typed[1]), int(typed[3]), int(typed[4])
    if len(typed[4]) == 4:
        return date_of(day=day, month=month, year=year)
    read = (2000 + year, month, day)
    is_past_latest = latest is not None and read > (latest.year, latest.month, latest.day)
    return date_of(day=day, month=month, year=(1900 if is_past_latest else 2000) + year)


def date_of(*, day: int, month: int, year: int) -> date:
    """Build a date from three boxes of a form. Raises ``NoSuchDay``."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError) as error:
        raise NoSuchDay(day=day, month=month, year=year) from error


def format_date(day: date, language: Language = "vi") -> str:
    """Give ``30/11/2026``; in English ``30 Nov 2026``, which nobody reads month first."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}"
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_weekday(day: date, language: Language = "vi") -> str:
    """Give a promised day: ``Thứ Hai, 30/11/2026`` or ``Monday, 30 Nov 2026``."""
    return f"{_WEEKDAYS[language][day.weekday()]}, {format_date(day, language)}"


def format_month(day: date, language: Language = "vi") -> str:
    """Give ``11/2026`` or ``Nov 2026``."""
    if language == "en":
        return f"{_MONTHS[day.month - 1]} {day.year:04}"
    return f"{day.month:02}/{day.year:04}"


def format_moment(at: datetime, language: Language = "vi") -> str:
    """Give ``14:05, 30/11/2026``; the caller has put ``at`` into the city's time zone."""
    return f"{at.hour:02}:{at.minute:02}, {format_date(at, language)}"
