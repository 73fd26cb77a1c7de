"""Edges of the working calendar: snapping, closures, spans and refusals."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from motcua.kernel.calendar import (
    OFFICE_WEEK,
    BadShift,
    BadSpan,
    BadWeek,
    Calendar,
    Closure,
    DayOff,
    DayTwice,
    NaiveInstant,
    NegativeMinutes,
    OutOfRange,
    OverlappingShifts,
    ReversedStretch,
    Shift,
    UnknownZone,
    WorkedDay,
    recompute,
)
from motcua.kernel.tests.calendar.samples import at, office

MONDAY = dt.date(2026, 11, 2)
AFTERNOON = Shift.parse("13:00-17:00")


def closed(part: Shift | None) -> Calendar:
    return replace(office(), closures=(Closure(MONDAY, "Bão", "Storm", part=part),))


@pytest.mark.parametrize(
    ("moment", "snapped"),
    [
        ("2/11/2026 06:00", "2/11/2026 08:00"),
        ("2/11/2026 08:00", "2/11/2026 08:00"),
        ("2/11/2026 11:59", "2/11/2026 11:59"),
        ("2/11/2026 12:00", "2/11/2026 13:00"),
        ("2/11/2026 17:00", "3/11/2026 08:00"),
        ("6/11/2026 18:00", "9/11/2026 08:00"),
    ],
)
def test_next_working_snaps_into_the_shifts(moment: str, snapped: str) -> None:
    assert office().next_working(at(moment)) == at(snapped)
    assert office().is_working(at(moment)) == (moment == snapped)


def test_a_due_at_the_end_of_a_shift_is_not_the_next_morning() -> None:
    assert office().due(at("2/11/2026 08:00"), 480) == at("2/11/2026 17:00")
    assert office().due(at("2/11/2026 08:00"), 0) == at("2/11/2026 08:00")


def test_seconds_are_rounded_down_and_results_are_in_utc() -> None:
    due = office().due(at("2/11/2026 09:00").replace(second=59), 60)
    assert (due, due.tzinfo) == (at("2/11/2026 10:00"), dt.UTC)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        ("2/11/2026 07:00", "2/11/2026 17:00"),
        ("2/11/2026 16:59", "2/11/2026 17:00"),
        ("2/11/2026 17:00", "3/11/2026 17:00"),
        ("7/11/2026 10:00", "9/11/2026 17:00"),
    ],
)
def test_the_working_day_ends_at_seventeen(moment: str, end: str) -> None:
    assert office().end_of_working_day(at(moment)) == at(end)


def test_a_morning_office_closes_at_noon() -> None:
    mornings = replace(office(), weekly=((Shift.parse("08:00-12:00"),),) * 7)
    assert mornings.close_of(MONDAY) == at("2/11/2026 12:00")


def test_a_closed_afternoon_moves_work_but_not_the_closing_hour() -> None:
    calendar = closed(AFTERNOON)
    assert calendar.due(at("2/11/2026 08:00"), 480) == at("3/11/2026 12:00")
    assert calendar.end_of_working_day(at("2/11/2026 09:00")) == at("2/11/2026 17:00")
    assert calendar.end_of_working_day(at("2/11/2026 14:00")) == at("3/11/2026 17:00")


def test_two_closures_of_a_day_both_count() -> None:
    parts = [Shift.parse("08:00-10:00"), AFTERNOON]
    rows = tuple(Closure(MONDAY, "Mất điện", "Power cut", part=part) for part in parts)
    calendar = replace(office(), closures=rows)
    assert calendar.used(at("2/11/2026 00:00"), at("3/11/2026 00:00")) == 120


def test_a_whole_day_closed_is_no_working_day() -> None:
    calendar = closed(None)
    assert not calendar.is_working_day(MONDAY)
    assert calendar.next_working_day(dt.date(2026, 10, 30)) == dt.date(2026, 11, 3)


def test_a_swapped_saturday_is_a_full_day_even_where_saturday_is_short() -> None:
    saturday = dt.date(2026, 11, 7)
    week = (*OFFICE_WEEK[:5], (Shift.parse("08:00-12:00"),), ())
    short = Calendar(2026, 2026, weekly=week)
    full = replace(short, worked_days=(WorkedDay(saturday, "Làm bù", "Swapped"),))
    hours = [c.used(at("7/11/2026 00:00"), at("8/11/2026 00:00")) / 60 for c in (short, full)]
    assert hours == [4, 8]


def test_a_worked_day_may_have_shifts_of_its_own() -> None:
    row = WorkedDay(dt.date(2026, 11, 7), "Làm bù", "Swapped", shifts=(AFTERNOON,))
    calendar = Calendar(2026, 2026, worked_days=(row,))
    assert calendar.next_working(at("7/11/2026 00:00")) == at("7/11/2026 13:00")


def test_a_shift_lasts_as_long_as_the_clock_runs_when_the_clocks_change() -> None:
    night = ((Shift.parse("00:00-06:00"),),) * 7
    berlin = Calendar(2026, 2026, weekly=night, zone="Europe/Berlin")
    midnights = [dt.datetime(2026, *day, tzinfo=berlin.tzinfo) for day in [(3, 29), (10, 25)]]
    hours = [berlin.used(m, m + dt.timedelta(days=1)) / 60 for m in midnights]
    assert hours == [5, 7]


def test_a_shift_inside_the_skipped_hour_is_not_worked_twice() -> None:
    split = ((Shift.parse("01:00-02:30"), Shift.parse("03:00-04:00")),) * 7
    berlin = Calendar(2026, 2026, weekly=split, zone="Europe/Berlin")
    begin = dt.datetime(2026, 3, 29, tzinfo=berlin.tzinfo)
    assert berlin.used(begin, begin + dt.timedelta(hours=12)) == 120


def test_calendars_of_the_same_declaration_are_equal() -> None:
    assert Calendar(2026, 2027) == Calendar(2026, 2027)
    assert Calendar(2026, 2027) != Calendar(2026, 2027, zone="UTC")


@pytest.mark.parametrize("moment", ["31/12/2024 23:59", "1/1/2028 00:00"])
def test_an_instant_outside_the_years_is_refused(moment: str) -> None:
    with pytest.raises(OutOfRange) as refusal:
        office().due(at(moment), 1)
    assert refusal.value.code == "calendar.out_of_range"


def test_a_question_that_runs_over_the_last_year_is_refused() -> None:
    last = at("31/12/2027 17:00")
    asked = [
        lambda: office().due(last, 1),
        lambda: office().next_working(last),
        lambda: office().end_of_working_day(last),
        lambda: office().latest_start(at("2/1/2025 09:00"), 480),
        lambda: office().is_working_day(dt.date(2028, 1, 3)),
        lambda: recompute(office(), [0], [1]),
        lambda: recompute(office(), [office().minute(last)], [1]),
    ]
    for ask in asked:
        with pytest.raises(OutOfRange):
            ask()


def test_wrong_questions_are_refused_by_name() -> None:
    naive = at("2/11/2026 08:00").replace(tzinfo=None)
    with pytest.raises(NaiveInstant):
        office().due(naive, 1)
    with pytest.raises(ReversedStretch):
        office().used(at("2/11/2026 09:00"), at("2/11/2026 08:00"))
    for ask in (office().due, office().latest_start):
        with pytest.raises(NegativeMinutes):
            ask(at("2/11/2026 08:00"), -1)
    with pytest.raises(NegativeMinutes):
        recompute(office(), [0], [-1])


def test_latest_start_with_nothing_to_do_is_the_due_itself() -> None:
    assert office().latest_start(at("2/11/2026 20:00"), 0) == at("2/11/2026 20:00")


def test_recompute_wants_one_limit_a_start() -> None:
    start = office().minute(at("2/11/2026 08:00"))
    with pytest.raises(ValueError, match="longer"):
        recompute(office(), [start], [1, 2])
    assert recompute(office(), [], []) == []


@pytest.mark.parametrize("years", [(2027, 2026), (1800, 2026), (2026, 2201)])
def test_a_wrong_span_is_refused(years: tuple[int, int]) -> None:
    with pytest.raises(BadSpan):
        Calendar(*years)


@pytest.mark.parametrize("week", [OFFICE_WEEK[:6], ((),) * 7])
def test_a_week_without_seven_days_or_work_is_refused(week) -> None:
    with pytest.raises(BadWeek):
        Calendar(2026, 2026, weekly=week)


@pytest.mark.parametrize("zone", ["Asia/Atlantis", "/etc/passwd", ""])
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(UnknownZone):
        Calendar(2026, 2026, zone=zone)


def test_a_day_both_off_and_worked_is_refused() -> None:
    off, worked = DayOff(MONDAY, "Lễ", "Holiday"), WorkedDay(MONDAY, "Bù", "Swapped")
    with pytest.raises(DayTwice):
        Calendar(2026, 2026, days_off=(off,), worked_days=(worked,))


@pytest.mark.parametrize("text", ["08:00", "12:00-08:00", "08:00-24:01", "8-12", "08:00-08:00"])
def test_a_wrong_shift_is_refused(text: str) -> None:
    with pytest.raises(BadShift):
        Shift.parse(text)


def test_a_shift_reads_what_it_writes_up_to_midnight() -> None:
    assert Shift.parse("13:30-24:00") == Shift(810, 1440)
    assert str(Shift.parse("08:00-12:00")) == "08:00-12:00"
    with pytest.raises(BadShift):
        Shift(600, 500)


def test_overlapping_shifts_are_refused() -> None:
    week = ((Shift(480, 720), Shift(700, 900)),) * 7
    with pytest.raises(OverlappingShifts) as refusal:
        Calendar(2026, 2026, weekly=week)
    assert "11:40-15:00" in refusal.value.text("vi")
