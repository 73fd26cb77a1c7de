"""Dates typed and shown."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.vietnamese import (
    DateUnreadable,
    NoSuchDay,
    date_of,
    format_date,
    format_moment,
    format_month,
    format_weekday,
    parse_date,
)

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    ["24/8/25", "24/08/2025", " 24-8-2025 ", "24.08.25", "24 8 2025", "2025-08-24"],
)
def test_dates_are_read_day_first(text):
    assert parse_date(text) == date(2025, 8, 24)


def test_the_month_never_comes_first():
    assert parse_date("3/4/2025") == date(2025, 4, 3)
    with pytest.raises(NoSuchDay):
        parse_date("08/24/2025")


@pytest.mark.parametrize(
    "text", ["30/2/2025", "29/02/2025", "31/4/25", "0/1/2025", "1/1/0000", "2025-02-30"]
)
def test_days_off_the_calendar_are_refused_by_name(text):
    with pytest.raises(NoSuchDay) as caught:
        parse_date(text)
    assert caught.value.code == "date.no_such_day"


@pytest.mark.parametrize(
    "text", ["", "24/8", "24/8-2025", "24/8/025", "hôm nay", "24/8/2025 8:00", "٢٤/٨/٢٥"]
)
def test_other_text_is_refused(text):
    with pytest.raises(DateUnreadable):
        parse_date(text)


def test_birth_years_of_two_digits_fall_back_a_century():
    today = date(2025, 8, 24)
    assert parse_date("24/8/25", latest=today) == today
    assert parse_date("25/8/25", latest=today) == date(1925, 8, 25)
    assert parse_date("1/2/58", latest=today) == date(1958, 2, 1)


def test_three_boxes():
    assert date_of(day=30, month=11, year=2026) == DAY
    with pytest.raises(NoSuchDay):
        date_of(day=30, month=2, year=2026)


def test_dates_are_shown_in_both_languages():
    assert format_date(date(2025, 8, 4)) == "04/08/2025"
    assert format_date(date(2025, 8, 4), "en") == "4 Aug 2025"
    assert format_weekday(DAY) == "Thứ Hai, 30/11/2026"
    assert format_weekday(DAY, "en") == "Monday, 30 Nov 2026"
    assert format_month(DAY) == "11/2026"
    assert format_month(DAY, "en") == "Nov 2026"


def test_moments_use_24_hours():
    assert format_moment(datetime(2026, 11, 30, 14, 5)) == "14:05, 30/11/2026"  # noqa: DTZ001
    assert format_moment(datetime(2026, 11, 30, 4, 5), "en") == "04:05, 30 Nov 2026"  # noqa: DTZ001


def test_the_week_ends_on_sunday():
    assert format_weekday(date(2026, 11, 29)).startswith("Chủ Nhật, ")


@given(st.dates(min_value=date(1000, 1, 1)))
def test_reading_and_showing_are_inverse(day):
    assert parse_date(format_date(day)) == day
