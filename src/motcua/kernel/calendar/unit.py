"""Units of a legal limit and how an amount of them is written."""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from fractions import Fraction


class Unit(enum.StrEnum):
    """Units of a limit; the values are stable text."""

    WORKING_MINUTE = "working_minute"
    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    MONTH = "month"
    SAME_DAY = "same_day"


MINUTES_A_UNIT = {
    Unit.WORKING_MINUTE: 1,
    Unit.WORKING_HOUR: 60,
    Unit.WORKING_DAY: 8 * 60,
    Unit.HOUR: 60,
}

_VI = {
    Unit.WORKING_MINUTE: "phút làm việc",
    Unit.WORKING_HOUR: "giờ làm việc",
    Unit.WORKING_DAY: "ngày làm việc",
    Unit.HOUR: "giờ",
    Unit.CALENDAR_DAY: "ngày",
    Unit.MONTH: "tháng",
}
_EN = {
    Unit.WORKING_MINUTE: "working minute",
    Unit.WORKING_HOUR: "working hour",
    Unit.WORKING_DAY: "working day",
    Unit.HOUR: "hour",
    Unit.CALENDAR_DAY: "calendar day",
    Unit.MONTH: "month",
}


def amount_text(amount: Fraction) -> str:
    """Write an amount exactly: ``10``, ``0.5`` or ``1/3``."""
    if amount.denominator == 1:
        return str(amount.numerator)
    decimal = Decimal(amount.numerator) / Decimal(amount.denominator)
    exact = Fraction(decimal) == amount
    return format(decimal, "f") if exact else f"{amount.numerator}/{amount.denominator}"


def unit_words(amount: Fraction, unit: Unit, language: str) -> str:
    """Write an amount for a reader: ``0,5 ngày làm việc`` or ``0.5 working day``."""
    if language == "en":
        return f"{amount_text(amount)} {_EN[unit]}{'s' if amount > 1 else ''}"
    return f"{amount_text(amount).replace('.', ',')} {_VI[unit]}"


def same_day_words(late_after: dt.time | None, language: str) -> str:
    """Write the limit of the day itself, with the hour after which the next day counts."""
    if language == "en":
        tail = f"; received after {late_after:%H:%M}, the next working day" if late_after else ""
        return f"the same working day{tail}"
    tail = f"; nhận sau {late_after:%H:%M} thì trong ngày làm việc tiếp theo" if late_after else ""
    return f"trong ngày làm việc{tail}"
