"""Numbers run through the year without gaps, and volumes hold five hundred each."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.daybook.rules import LINES_A_VOLUME, Counts, Place

FIRST = datetime.date(2026, 1, 1)


@pytest.mark.parametrize(("number", "volume"), [(1, 1), (500, 1), (501, 2), (1000, 2), (1001, 3)])
def test_a_volume_holds_five_hundred_lines(number, volume):
    assert LINES_A_VOLUME == 500
    assert Place(2026, number).volume == volume


@given(st.dictionaries(st.integers(0, 364), st.integers(1, 30), max_size=20))
def test_the_numbers_of_a_year_are_one_to_all_without_gaps(received):
    days = sorted((FIRST + datetime.timedelta(days=after), n) for after, n in received.items())
    counts = Counts(days)
    places = [counts.place(day, number) for day, n in days for number in range(1, n + 1)]
    assert [one.number for one in places] == list(range(1, sum(received.values()) + 1))
    assert {one.year for one in places} <= {2026}


def test_a_day_that_was_not_counted_yet_goes_on_after_those_that_were():
    counts = Counts([(FIRST, 7), (FIRST + datetime.timedelta(days=2), 4)])
    assert counts.place(FIRST + datetime.timedelta(days=1), 1) == Place(2026, 8)
    assert counts.place(FIRST + datetime.timedelta(days=9), 2) == Place(2026, 13)
