"""What is counted of a dossier, and which outcomes are hidden."""

from __future__ import annotations

import datetime
from collections import Counter
from statistics import median as middle

from hypothesis import given
from hypothesis import strategies as st

from motcua.core.figures.rules import (
    Kind,
    Stretch,
    course,
    first_of,
    last_month,
    median,
    months_back,
    periods,
    shielded,
)

START = datetime.datetime(2026, 11, 2, 1, tzinfo=datetime.UTC)
NOVEMBER = datetime.date(2026, 11, 1)


def went(*states: str):
    hours = [START + datetime.timedelta(hours=n) for n in range(len(states) + 1)]
    ends = [*hours[1 : len(states)], None]
    return course(
        [Stretch(*row) for row in zip(states, [1] * 9, [None] * 9, hours, ends, strict=False)]
    )


def test_what_nobody_received_has_no_course():
    for states in [("submitted",), ("submitted", "supplement_before", "stopped")]:
        assert went(*states) is None
    assert went("submitted", "refused_reception") is None


def test_the_end_is_the_result_and_not_the_day_it_was_fetched():
    found = went("submitted", "processing", "supplement", "processing", "resolved", "returned")
    assert found.received_at == START + datetime.timedelta(hours=1)
    assert [one.state for one in found.open] == ["processing", "supplement", "processing"]
    assert found.end.began_at == START + datetime.timedelta(hours=4)


def test_what_was_reopened_waits_until_its_last_end():
    assert went("processing", "stopped", "processing").end is None
    ended = went("processing", "stopped", "processing", "resolved", "returned").end
    assert ended.began_at == START + datetime.timedelta(hours=3)


@given(st.lists(st.integers(0, 50), min_size=1))
def test_the_median_is_the_middle(minutes):
    assert median(Counter(minutes)) == int(middle(minutes))


def test_nothing_has_no_median():
    assert median(Counter()) is None


def test_a_month_belongs_to_four_periods():
    found = list(periods(NOVEMBER, NOVEMBER))
    assert found == [
        (Kind.MONTH, NOVEMBER, True),
        (Kind.QUARTER, datetime.date(2026, 10, 1), True),
        (Kind.YEAR, datetime.date(2026, 1, 1), True),
        (Kind.LAST, datetime.date(2025, 12, 1), True),
    ]
    october = {kind: standing for kind, _, standing in periods(months_back(NOVEMBER, 1), NOVEMBER)}
    assert october == {
        Kind.MONTH: True,
        Kind.QUARTER: False,
        Kind.YEAR: False,
        Kind.LAST: False,
    }
    assert Kind.LAST not in {kind for kind, *_ in periods(months_back(NOVEMBER, 12), NOVEMBER)}


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(Kind))
def test_a_period_holds_its_months(day, kind):
    month = day.replace(day=1)
    assert first_of(kind, month) <= month <= last_month(kind, first_of(kind, month))


def test_few_are_hidden_and_never_alone():
    assert shielded([7, 8, 9], 5) == [False, False, False]
    assert shielded([7, 3, 9, 0], 5) == [True, True, False, False]
    assert shielded([3, 4, 9], 5) == [True, True, False]
    assert shielded([3], 5) == [True]


@given(st.lists(st.integers(0, 20)), st.integers(0, 8))
def test_no_hidden_row_follows_from_the_sum(finished, least):
    hidden = shielded(finished, least)
    assert all(gone for number, gone in zip(finished, hidden, strict=True) if 0 < number < least)
    assert sum(hidden) != 1 or sum(map(bool, finished)) == 1
