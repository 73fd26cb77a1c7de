"""The legal calendar: working time, limits, running clocks and why a duty is due when it is."""

from __future__ import annotations

from motcua.kernel.calendar.clock import (
    BackInTime,
    Calendars,
    Clock,
    ClockAlreadyPaused,
    ClockAlreadyStarted,
    ClockNotPaused,
    ClockNotStarted,
    ClockStopped,
    Kind,
    Segment,
    State,
    UnknownCalendar,
)
from motcua.kernel.calendar.days import Closure, DayOff, WorkedDay
from motcua.kernel.calendar.explain import Line, Sort, account, explain, line_text
from motcua.kernel.calendar.instant import NaiveInstant, instant_of, minute_of
from motcua.kernel.calendar.limit import BadLimit, Limit, NotInMinutes, UnreadableLimit
from motcua.kernel.calendar.model import (
    BadSpan,
    BadWeek,
    Calendar,
    DayTwice,
    NegativeMinutes,
    OutOfRange,
    ReversedStretch,
    UnknownZone,
)
from motcua.kernel.calendar.national import (
    DayKind,
    DayOverride,
    NationalDays,
    UnknownCountry,
    build_calendar,
    national_days,
)
from motcua.kernel.calendar.recompute import recompute
from motcua.kernel.calendar.shift import OFFICE_WEEK, BadShift, OverlappingShifts, Shift, Week
from motcua.kernel.calendar.unit import Unit
from motcua.kernel.calendar.wording import date_text, day_text, length_text

__all__ = [
    "OFFICE_WEEK",
    "BackInTime",
    "BadLimit",
    "BadShift",
    "BadSpan",
    "BadWeek",
    "Calendar",
    "Calendars",
    "Clock",
    "ClockAlreadyPaused",
    "ClockAlreadyStarted",
    "ClockNotPaused",
    "ClockNotStarted",
    "ClockStopped",
    "Closure",
    "DayKind",
    "DayOff",
    "DayOverride",
    "DayTwice",
    "Kind",
    "Limit",
    "Line",
    "NaiveInstant",
    "NationalDays",
    "NegativeMinutes",
    "NotInMinutes",
    "OutOfRange",
    "OverlappingShifts",
    "ReversedStretch",
    "Segment",
    "Shift",
    "Sort",
    "State",
    "Unit",
    "UnknownCalendar",
    "UnknownCountry",
    "UnknownZone",
    "UnreadableLimit",
    "Week",
    "WorkedDay",
    "account",
    "build_calendar",
    "date_text",
    "day_text",
    "explain",
    "instant_of",
    "length_text",
    "line_text",
    "minute_of",
    "national_days",
    "recompute",
]
