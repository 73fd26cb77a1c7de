"""Calendars are rows over the national days; a changed row is a changed calendar."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.clock.calendars import calendars, ensure_national
from motcua.core.clock.models import CalendarDay, WorkCalendar
from motcua.core.clock.segments import clock_of, operate, write
from motcua.core.sql import act, reading
from motcua.kernel.calendar import Clock, Limit, UnknownCalendar
from motcua.kernel.flow.definition import ClockOp

pytestmark = pytest.mark.django_db


def at(day: int, hour: int) -> datetime.datetime:
    """An hour in Hanoi, November 2026, as UTC."""
    return datetime.datetime(2026, 11, day, hour, tzinfo=datetime.UTC) - datetime.timedelta(hours=7)


@pytest.fixture(autouse=True)
def national():
    calendars.forget()
    ensure_national("VN", "Asia/Ho_Chi_Minh", first_year=2026, last_year=2026)
    yield
    calendars.forget()


def due() -> datetime.datetime:
    return Limit.parse("5 working_day").due(calendars["national"], at(2, 9))


def test_the_national_calendar_is_written_once():
    ensure_national("VN", "Asia/Ho_Chi_Minh", first_year=2000, last_year=2001)
    assert WorkCalendar.objects.get().first_year == 2026


def test_days_announced_since_are_rows_that_an_officer_corrects():
    new_year = (datetime.date(2026, 1, 2), datetime.date(2026, 1, 10))
    assert [calendars["national"].is_working_day(day) for day in new_year] == [False, True]
    CalendarDay.objects.all().delete()
    calendars.forget()
    assert [calendars["national"].is_working_day(day) for day in new_year] == [True, False]


def test_another_country_keeps_its_own_days():
    WorkCalendar.objects.all().delete()
    ensure_national("DE", "Europe/Berlin", first_year=2026, last_year=2026)
    assert calendars["national"].is_working_day(datetime.date(2026, 1, 2))


def test_a_day_off_moves_what_is_due():
    assert due() == at(9, 9)
    row = WorkCalendar.objects.get()
    CalendarDay.objects.create(
        calendar=row, day="2026-11-04", kind="off", name_vi="Bão", name_en="Storm"
    )
    WorkCalendar.objects.update(revision=2)
    assert due() == at(9, 9)  # this process looks again after some seconds
    calendars.forget()
    assert due() == at(10, 9)


def test_a_worked_saturday_and_a_closed_afternoon_count():
    row = WorkCalendar.objects.get()
    names = {"calendar": row, "name_vi": "x", "name_en": "x"}
    CalendarDay.objects.create(day="2026-11-07", kind="work", **names)
    CalendarDay.objects.create(
        day="2026-11-05", kind="closure", closed_from="13:00", closed_to="17:00", **names
    )
    calendars.forget()
    assert due() == at(7, 14)


def test_an_unknown_calendar_is_named():
    with pytest.raises(UnknownCalendar):
        calendars["moon"]


def test_a_clock_reads_back_as_it_was_written():
    limit = Limit.parse("5 working_day")
    before = Clock(limit)
    for op, moment in (
        (ClockOp.START, at(2, 9)),
        (ClockOp.PAUSE, at(4, 10)),
        (ClockOp.RESUME, at(10, 14)),
        (ClockOp.RESTART, at(11, 8)),
        (ClockOp.STOP, at(12, 8)),
    ):
        after = operate(before, op, at=moment, calendar="national")
        with act() as tx:
            write(tx, 7, before, after)
        assert clock_of(reading(), 7, limit) == after
        before = after
    assert clock_of(reading(), 8, limit) == Clock(limit)
