"""The deadline language: in time, soon, today, late, paused, finished."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.faces.ui.deadline import Finish, Mood, deadline, item_deadline, working_days
from motcua.kernel.calendar import build_calendar

CALENDAR = build_calendar(2026, 2026, country="VN")


def at(day: int, hour: int = 9, month: int = 11) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, tzinfo=CALENDAR.tzinfo)


def told(now: datetime.datetime, **changes):
    facts = {"received_at": at(2), "due_at": at(16), **changes}
    return deadline(at=now, calendar=CALENDAR, **facts)


@pytest.mark.parametrize(
    ("now", "mood", "days"),
    [
        (at(2), Mood.OK, 10),
        (at(11), Mood.OK, 3),
        (at(12), Mood.SOON, 2),
        (at(13, 16), Mood.SOON, 1),
        (at(14), Mood.SOON, 1),  # Saturday
        (at(16, 8), Mood.TODAY, 0),
        (at(16, 10), Mood.LATE, 0),
        (at(18), Mood.LATE, 2),
        (at(25), Mood.LATE, 6),  # the 24th is a day off
    ],
)
def test_an_open_dossier_tells_working_days(now, mood, days):
    assert (told(now).mood, told(now).days) == (mood, days)


def test_the_due_instant_itself_is_in_time():
    assert told(at(16)).mood is Mood.TODAY


def test_today_tells_the_hour():
    assert "09:00" in told(at(16, 8)).words


def test_late_on_the_same_day_names_no_days():
    assert told(at(16, 10)).words == "Quá hạn"


def test_a_pause_counts_nothing():
    paused = told(at(30), paused_since=at(10), due_at=None)
    assert (paused.mood, paused.words) == (Mood.PAUSED, "Tạm dừng, chờ bổ sung")


def test_before_reception_no_clock_runs():
    assert told(at(3), received_at=None, due_at=None).mood is Mood.NEW


def test_without_a_limit_there_is_nothing_to_be_late_for():
    assert told(at(30), due_at=None).words == "Không ấn định thời hạn"


@pytest.mark.parametrize(
    ("bucket", "words"),
    [
        ("early", "Đã xong, trước hạn"),
        ("on_time", "Đã xong, đúng hạn"),
        ("late", "Đã xong, quá hạn"),
        ("", "Đã kết thúc"),
    ],
)
def test_a_finished_dossier_keeps_its_bucket(bucket, words):
    found = told(at(30), finished_at=at(16), bucket=bucket)
    assert (found.mood, found.finish, found.words) == (Mood.OVER, Finish(bucket), words)


def test_a_step_has_a_deadline_of_its_own():
    found = item_deadline(at=at(12), calendar=CALENDAR, due_at=at(13))
    assert (found.mood, found.days) == (Mood.SOON, 1)


@given(st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 11, 1)), st.integers(0, 30))
def test_working_days_add_up(start, length):
    end, middle = (start + datetime.timedelta(days=n) for n in (length, length // 2))
    parts = working_days(CALENDAR, start, middle) + working_days(CALENDAR, middle, end)
    assert working_days(CALENDAR, start, end) == parts


@given(st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 40))
def test_time_never_makes_it_better(first, second):
    order = [Mood.OK, Mood.SOON, Mood.TODAY, Mood.LATE]
    early, late = sorted((first, second))
    ranks = [order.index(told(at(2) + datetime.timedelta(minutes=n)).mood) for n in (early, late)]
    assert ranks == sorted(ranks)
