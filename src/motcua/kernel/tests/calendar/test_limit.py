"""Limits: units, dates of the Civil Code, stable text and words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.calendar import (
    BadLimit,
    Limit,
    NotInMinutes,
    OutOfRange,
    ReversedStretch,
    Unit,
    UnreadableLimit,
)
from motcua.kernel.tests.calendar.samples import at, office


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2/11/2026 16:00", "15 calendar_day", "17/11/2026 17:00"),
        ("2/11/2026 16:00", "5 calendar_day", "9/11/2026 17:00"),
        ("2/8/2026 08:00", "30 calendar_day", "3/9/2026 17:00"),
        ("31/1/2027 08:00", "1 month", "1/3/2027 17:00"),
        ("31/3/2026 08:00", "1 month", "4/5/2026 17:00"),
        ("15/10/2026 08:00", "3 month", "15/1/2027 17:00"),
        ("30/1/2026 18:00", "48 hour", "1/2/2026 18:00"),
        ("2/11/2026 15:00", "same_day late_after 15:00", "2/11/2026 17:00"),
        ("2/11/2026 15:01", "same_day late_after 15:00", "3/11/2026 17:00"),
        ("2/11/2026 15:01", "same_day", "2/11/2026 17:00"),
        ("7/11/2026 16:00", "same_day late_after 15:00", "9/11/2026 17:00"),
        ("2/11/2026 18:00", "same_day late_after 15:00", "3/11/2026 17:00"),
        ("2/11/2026 15:00", "0.5 working_day", "3/11/2026 10:00"),
    ],
)
def test_due(received: str, limit: str, due: str) -> None:
    assert Limit.parse(limit).due(office(), at(received)) == at(due)


def test_a_month_of_february_ends_on_its_last_day() -> None:
    january = at("31/1/2025 08:00")
    assert Limit(1, Unit.MONTH).last_day(office(), january) == dt.date(2025, 2, 28)
    assert Limit(12, Unit.MONTH).last_day(office(), january) == dt.date(2026, 1, 31)
    assert Limit(10, Unit.MONTH).last_day(office(), january) == dt.date(2025, 11, 30)


@pytest.mark.parametrize(
    ("limit", "latest"),
    [
        ("10 working_day", "2/2/2026 08:00"),
        ("30 calendar_day", "14/1/2026 23:59"),
        ("same_day late_after 15:00", "13/2/2026 15:00"),
    ],
)
def test_the_latest_intake_to_be_due_before_tet(limit: str, latest: str) -> None:
    start = Limit.parse(limit).latest_start(office(), at("13/2/2026 17:00"))
    assert start == at(latest)
    assert Limit.parse(limit).due(office(), start) <= at("13/2/2026 17:00")


def test_working_units_have_minutes_and_dates_have_none() -> None:
    minutes = [Limit.parse(t).minutes for t in ("0.5 working_day", "3 working_hour", "2 hour")]
    assert minutes == [240, 180, 120]
    with pytest.raises(NotInMinutes):
        _ = Limit(1, Unit.MONTH).minutes


def test_clock_hours_count_the_night() -> None:
    limit = Limit(24, Unit.HOUR)
    assert limit.spent(office(), at("2/11/2026 20:00"), at("3/11/2026 02:00")) == 360
    with pytest.raises(ReversedStretch):
        limit.spent(office(), at("3/11/2026 02:00"), at("2/11/2026 20:00"))


@pytest.mark.parametrize(
    ("amount", "unit"),
    [
        (0, Unit.WORKING_DAY),
        (-1, Unit.MONTH),
        (Decimal("0.001"), Unit.WORKING_HOUR),
        (Fraction(1, 2), Unit.CALENDAR_DAY),
        (0.5, Unit.WORKING_DAY),
        (True, Unit.WORKING_DAY),
        (Decimal("NaN"), Unit.WORKING_DAY),
        (2, Unit.SAME_DAY),
    ],
)
def test_an_amount_that_does_not_fit_is_refused(amount, unit: Unit) -> None:
    with pytest.raises(BadLimit):
        Limit(amount, unit)


def test_only_the_day_itself_knows_a_late_hour() -> None:
    with pytest.raises(BadLimit):
        Limit(1, Unit.WORKING_DAY, dt.time(15))


@pytest.mark.parametrize("unit", [Unit.MONTH, Unit.CALENDAR_DAY, Unit.HOUR, Unit.WORKING_DAY])
def test_a_limit_beyond_every_calendar_is_refused(unit: Unit) -> None:
    with pytest.raises(OutOfRange):
        Limit(10**15, unit).due(office(), at("2/11/2026 08:00"))


@pytest.mark.parametrize("unit", [Unit.MONTH, Unit.SAME_DAY])
def test_no_start_is_early_enough_for_the_first_day_of_all(unit: Unit) -> None:
    with pytest.raises(OutOfRange):
        Limit(1, unit).latest_start(office(), at("1/1/2025 12:00"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10",
        "10 days",
        "1 same_day",
        "ten month",
        "1/0 month",
        "-1 month",
        "1 month ",
        "١٠ month",
        "1" * 5000 + " month",
        "1/" + "1" * 5000 + " working_day",
        "same_day late_after 25:00",
    ],
)
def test_unreadable_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableLimit):
        Limit.parse(text)


@given(st.integers(1, 5000), st.sampled_from([*Unit]), st.sampled_from([None, dt.time(15, 30)]))
def test_a_limit_reads_what_it_writes(number, unit: Unit, late_after) -> None:
    amount = Fraction(number, 480) if unit is Unit.WORKING_DAY else number
    same_day = unit is Unit.SAME_DAY
    limit = Limit(1, unit, late_after) if same_day else Limit(amount, unit)
    assert Limit.parse(str(limit)) == limit


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("10 working_day", "10 ngày làm việc", "10 working days"),
        ("0.5 working_day", "0,5 ngày làm việc", "0.5 working day"),
        ("1/3 working_day", "1/3 ngày làm việc", "1/3 working day"),
        ("1 month", "1 tháng", "1 month"),
        ("same_day", "trong ngày làm việc", "the same working day"),
    ],
)
def test_words(text: str, vi: str, en: str) -> None:
    limit = Limit.parse(text)
    assert (str(limit), limit.text("vi"), limit.text("en")) == (text, vi, en)


def test_the_late_hour_is_told() -> None:
    limit = Limit.parse("same_day late_after 15:00")
    assert "sau 15:00" in limit.text("vi")
    assert "after 15:00" in limit.text("en")
