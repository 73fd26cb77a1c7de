"""Calendars, instants and strategies that the tests of the calendar share."""

from __future__ import annotations

import datetime as dt
import functools
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from motcua.kernel.calendar import (
    OFFICE_WEEK,
    Calendar,
    Closure,
    DayOff,
    Shift,
    WorkedDay,
    build_calendar,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST = dt.date(2026, 1, 1)


@functools.cache
def office() -> Calendar:
    """The eight-hour office over the national days."""
    return build_calendar(2025, 2027)


def at(text: str) -> dt.datetime:
    """Read ``28/8/2026 16:00`` as Hanoi time."""
    return dt.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=HANOI)


def instants(days: int = 20) -> st.SearchStrategy[dt.datetime]:
    """Whole minutes in the first days of 2026."""
    begin = dt.datetime(2026, 1, 1, tzinfo=HANOI)
    return st.integers(0, days * 1440 - 1).map(lambda n: begin + dt.timedelta(minutes=n))


def dates(days: int = 30) -> st.SearchStrategy[dt.date]:
    """Days in the first days of 2026."""
    return st.integers(0, days - 1).map(lambda n: FIRST + dt.timedelta(days=n))


@st.composite
def shift_rows(draw: st.DrawFn) -> tuple[Shift, ...]:
    """Up to two shifts that do not overlap, some touching, some ending at midnight."""
    count = 2 * draw(st.integers(0, 2))
    quarters = st.lists(st.integers(0, 96), min_size=count, max_size=count, unique=True)
    edges = sorted(15 * edge for edge in draw(quarters))
    return tuple(Shift(low, high) for low, high in zip(edges[::2], edges[1::2], strict=True))


@st.composite
def closures(draw: st.DrawFn) -> Closure:
    """A closure of a whole day or of a part of it."""
    begin = draw(st.integers(0, 95))
    part = draw(st.sampled_from([None, Shift(15 * begin, 15 * draw(st.integers(begin + 1, 96)))]))
    return Closure(draw(dates()), "Mất điện", "Power cut", part=part)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar of one year whose exceptions lie in its first month."""
    week = st.one_of(st.just(OFFICE_WEEK), st.tuples(*[shift_rows()] * 7).filter(any))
    days = draw(st.lists(dates(), unique=True, max_size=8))
    cut = draw(st.integers(0, len(days)))
    worked_shifts = st.one_of(st.none(), shift_rows())
    return Calendar(
        first_year=2026,
        last_year=2026,
        weekly=draw(week),
        days_off=tuple(DayOff(day, "Lễ", "Holiday") for day in days[:cut]),
        worked_days=tuple(
            WorkedDay(day, "Làm bù", "Swapped", shifts=draw(worked_shifts)) for day in days[cut:]
        ),
        closures=tuple(draw(st.lists(closures(), max_size=3))),
    )
