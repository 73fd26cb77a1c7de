"""When people come: Tết empties the counters, weekends and nights are for the network."""

from __future__ import annotations

import datetime
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel.calendar import build_calendar
from motcua.site.sample.season import Season

CALENDAR = build_calendar(2024, 2028, country="VN")
FIRST = datetime.date(2026, 1, 1)
YEAR = Season(CALENDAR, FIRST, 365)
TET = (datetime.date(2026, 2, 16), datetime.date(2026, 2, 20))


def weight(day: datetime.date, *, online: bool) -> float:
    return (YEAR.online if online else YEAR.counter)[(day - FIRST).days]


def test_tet_is_a_day_off_here():
    assert not CALENDAR.is_working_day(datetime.date(2026, 2, 17))


@settings(max_examples=200)
@given(st.integers(0, 10_000))
def test_nobody_stands_at_a_closed_counter(seed):
    at = YEAR.arrival(Random(seed), online=False)
    assert CALENDAR.is_working(at)
    assert FIRST <= CALENDAR.local(at).date() < FIRST + datetime.timedelta(days=365)


def test_no_counter_is_asked_on_a_day_off():
    assert [day for day in YEAR.days if YEAR.counter[(day - FIRST).days] and not
            CALENDAR.is_working_day(day)] == []  # fmt: skip


def test_the_weeks_before_tet_are_full_and_those_after_it_empty():
    before, after = datetime.date(2026, 2, 4), datetime.date(2026, 2, 25)  # both Wednesdays
    plain = datetime.date(2026, 5, 13)
    assert weight(before, online=False) > weight(plain, online=False) > weight(after, online=False)
    assert weight(TET[0], online=True) < weight(plain, online=True) / 5
    assert YEAR.pressure(datetime.date(2026, 2, 10)) > 1 > YEAR.pressure(datetime.date(2026, 2, 26))


def test_online_people_come_at_night_and_at_weekends_too():
    chance = Random(1)
    local = [CALENDAR.local(YEAR.arrival(chance, online=True)) for _ in range(4000)]
    hours, days = Counter(at.hour for at in local), Counter(at.weekday() for at in local)
    assert hours[9] > hours[13] > hours[2]
    assert days[0] > days[6] > 0


@pytest.mark.parametrize("days", [1, 2])
def test_a_stretch_without_an_open_counter_still_ends(days):
    sunday = datetime.date(2026, 3, 1) - datetime.timedelta(days=days - 1)
    closed = Season(CALENDAR, sunday, days)
    at = closed.arrival(Random(1), online=False)
    assert at >= datetime.datetime.combine(sunday, datetime.time(), CALENDAR.tzinfo)
    assert closed.pressure(sunday) >= 0
