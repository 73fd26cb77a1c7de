"""Laws of the working calendar, on random calendars."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import (
    Calendar,
    Closure,
    Limit,
    OutOfRange,
    Unit,
    account,
    instant_of,
    minute_of,
    recompute,
)
from motcua.kernel.tests.calendar.samples import calendars, closures, instants

MINUTE = dt.timedelta(minutes=1)
AMOUNTS = st.integers(0, 3000)
LIMITS = st.one_of(
    st.builds(Limit, st.integers(1, 40), st.sampled_from([*set(Unit) - {Unit.SAME_DAY}])),
    st.builds(Limit, st.just(1), st.just(Unit.SAME_DAY), st.sampled_from([None, dt.time(15)])),
)
quick = settings(max_examples=50, deadline=None)


def working(calendar: Calendar) -> Calendar:
    """Keep only calendars whose year holds what the laws ask for."""
    assume(calendar.table.totals[-1] > 2000)
    return calendar


CALENDARS = calendars().map(working)


def due_or_never(calendar: Calendar, limit: Limit, start: dt.datetime) -> dt.datetime:
    try:
        return limit.due(calendar, start)
    except OutOfRange:
        return dt.datetime.max.replace(tzinfo=dt.UTC)


def reference_minutes(calendar: Calendar, days: int) -> list[bool]:
    """Say of each of the first minutes of the year, by the rules alone, whether it is worked."""
    minutes = []
    for n in range(days):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=n)
        shifts = calendar.weekly[day.weekday()]
        shifts = () if any(row.day == day for row in calendar.days_off) else shifts
        for row in calendar.worked_days:
            if row.day == day:
                usual = calendar.weekly[day.weekday()] if day.weekday() < 5 else ()
                shifts = (usual or calendar.weekly[0]) if row.shifts is None else row.shifts
        bells = [any(shift.begin <= m < shift.end for shift in shifts) for m in range(1440)]
        for row in calendar.closures:
            if row.day == day:
                begin, end = (row.part.begin, row.part.end) if row.part else (0, 1440)
                bells[begin:end] = [False] * (end - begin)
        minutes += bells
    return minutes


@quick
@given(calendars(), instants(10), instants(10), st.integers(1, 1500))
def test_due_and_used_agree_with_counting_minute_by_minute(calendar, one, other, limit) -> None:
    low, high = sorted((one, other))
    bells = reference_minutes(calendar, 34)
    origin = dt.datetime(2026, 1, 1, tzinfo=calendar.tzinfo)
    begin, end = ((moment - origin) // MINUTE for moment in (low, high))
    assert calendar.used(low, high) == sum(bells[begin:end])
    assert calendar.is_working(low) == bells[begin]
    worked = [n for n in range(begin, len(bells)) if bells[n]]
    assume(len(worked) >= limit)
    assert calendar.due(low, limit) == origin + (worked[limit - 1] + 1) * MINUTE
    assert calendar.next_working(low) == origin + worked[0] * MINUTE


@quick
@given(CALENDARS, instants(), st.integers(1, 2000))
def test_due_is_the_earliest_instant_that_uses_the_limit(calendar, start, minutes) -> None:
    assume(calendar.table.worked(minute_of(start)) + minutes <= calendar.table.totals[-1])
    due = calendar.due(start, minutes)
    assert calendar.used(start, due) == minutes
    assert calendar.used(start, due - MINUTE) == minutes - 1


@quick
@given(CALENDARS, instants(), instants(), LIMITS)
def test_no_limit_is_due_earlier_for_a_later_start(calendar, one, other, limit) -> None:
    early, late = sorted((one, other))
    assert due_or_never(calendar, limit, early) <= due_or_never(calendar, limit, late)


@quick
@given(CALENDARS, instants(), LIMITS)
def test_a_longer_limit_is_never_due_earlier(calendar, start, limit) -> None:
    assume(limit.unit is not Unit.SAME_DAY)
    longer = Limit(limit.amount + 1, limit.unit)
    assert due_or_never(calendar, limit, start) <= due_or_never(calendar, longer, start)


@quick
@given(CALENDARS, st.lists(instants(), min_size=3, max_size=3))
def test_used_is_additive(calendar, moments) -> None:
    a, b, c = sorted(moments)
    assert calendar.used(a, b) + calendar.used(b, c) == calendar.used(a, c)


@quick
@given(CALENDARS, instants(), LIMITS, closures())
def test_a_closure_makes_nothing_due_earlier(calendar, start, limit, closure: Closure) -> None:
    closed = replace(calendar, closures=(*calendar.closures, closure))
    assert due_or_never(calendar, limit, start) <= due_or_never(closed, limit, start)


@quick
@given(CALENDARS, instants(), LIMITS)
def test_latest_start_is_the_last_start_due_in_time(calendar, due, limit) -> None:
    try:
        start = limit.latest_start(calendar, due)
    except OutOfRange:
        first = dt.datetime(2026, 1, 1, tzinfo=calendar.tzinfo)
        assert due_or_never(calendar, limit, first) > due
        return
    assert limit.due(calendar, start) <= due
    assert due_or_never(calendar, limit, start + MINUTE) > due


@quick
@given(CALENDARS, instants(), st.integers(1, 2000))
def test_latest_start_of_a_due_is_no_earlier_than_its_start(calendar, start, minutes) -> None:
    assume(calendar.table.worked(minute_of(start)) + minutes <= calendar.table.totals[-1])
    due = calendar.due(start, minutes)
    latest = calendar.latest_start(due, minutes)
    assert latest >= start
    assert calendar.due(latest, minutes) == due


@quick
@given(CALENDARS, instants(), st.integers(1, 2000))
def test_the_account_adds_up_to_the_limit(calendar, start, minutes) -> None:
    assume(calendar.table.worked(minute_of(start)) + minutes <= calendar.table.totals[-1])
    lines = account(calendar, start, calendar.due(start, minutes))
    assert sum(line.minutes for line in lines) == minutes
    for before, after in itertools.pairwise(lines):
        assert after.first - before.last == dt.timedelta(days=1)


@quick
@given(CALENDARS, st.lists(st.tuples(instants(), st.integers(0, 700)), max_size=20))
def test_recompute_is_due_row_by_row(calendar, rows) -> None:
    starts = [minute_of(start) for start, _ in rows]
    minutes = [minutes for _, minutes in rows]
    try:
        dues = [calendar.due(start, minutes) for start, minutes in rows]
    except OutOfRange:
        with pytest.raises(OutOfRange):
            recompute(calendar, starts, minutes)
        return
    assert [instant_of(due) for due in recompute(calendar, starts, minutes)] == dues
