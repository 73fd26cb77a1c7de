"""Dated exceptions to the weekly pattern, each with its name and its legal reference."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from motcua.kernel.calendar.shift import Shift


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day without work (ngày nghỉ): a holiday, a day in lieu or a swapped day."""

    day: dt.date
    vi: str
    en: str
    legal_ref: str = ""


@dataclass(frozen=True, slots=True)
class WorkedDay:
    """A day worked against the weekly pattern (ngày làm bù), usually a swapped Saturday.

    ``shifts`` is what is worked that day. ``None`` means the weekday's own shifts on Monday to
    Friday and Monday's on a weekend, because a swapped Saturday is worked like a full day even
    where Saturday mornings are open.
    """

    day: dt.date
    vi: str
    en: str
    legal_ref: str = ""
    shifts: tuple[Shift, ...] | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """An unplanned stop of one day (tạm đóng cửa): a storm, a power cut, a move of office.

    ``part`` is the stretch of the local day that is closed; ``None`` closes the whole day.
    """

    day: dt.date
    vi: str
    en: str
    legal_ref: str = ""
    part: Shift | None = None
