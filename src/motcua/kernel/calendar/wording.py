"""Days and lengths of time as an officer writes them, in Vietnamese and in English."""

from __future__ import annotations

import datetime as dt

_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def date_text(day: dt.date) -> str:
    """Write ``28/8/2026``, ``02/9/2026``, ``10/01/2027``.

    Days below 10 and the months 1 and 2 take a zero (Decree 30/2020, Annex I).
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def day_text(day: dt.date, language: str) -> str:
    """Write a date with its weekday: ``Thứ Sáu 28/8/2026``."""
    return f"{_WEEKDAYS['en' if language == 'en' else 'vi'][day.weekday()]} {date_text(day)}"


def length_text(minutes: int, language: str) -> str:
    """Write minutes as hours and minutes: ``1 giờ 30 phút`` or ``1 hour 30 minutes``."""
    hours, rest = divmod(minutes, 60)
    if language == "en":
        parts = [count_text(hours, "hour"), count_text(rest, "minute")]
    else:
        parts = [f"{hours} giờ", f"{rest} phút"]
    shown = [part for part, amount in zip(parts, (hours, rest), strict=True) if amount]
    return " ".join(shown) or parts[1]


def count_text(amount: int, noun: str) -> str:
    """Write an English count: ``1 day``, ``2 days``."""
    return f"{amount} {noun}{'' if amount == 1 else 's'}"
