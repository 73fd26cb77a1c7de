"""National days: the library, the swaps and the rows that win over it."""

from __future__ import annotations

import datetime as dt

import pytest

from motcua.kernel.calendar import (
    Closure,
    DayKind,
    DayOverride,
    Shift,
    UnknownCountry,
    build_calendar,
    national_days,
)

CULTURE = dt.date(2026, 11, 24)


def override(day: dt.date, kind: DayKind, shifts=None) -> DayOverride:
    return DayOverride(day, kind, "Theo quyết định", "By decision", "QĐ 1/2026", shifts)


def named(day: dt.date) -> tuple[str, str]:
    national = national_days("VN", range(2026, 2027))
    rows = (*national.days_off, *national.worked_days)
    return next((row.vi, row.en) for row in rows if row.day == day)


def test_days_carry_names_in_both_languages() -> None:
    assert named(dt.date(2026, 9, 2)) == ("Quốc khánh", "National Day")


def test_swapped_days_name_each_other() -> None:
    assert named(dt.date(2026, 8, 31))[1] == "Day off swapped with 22/8/2026"
    assert named(dt.date(2026, 8, 22))[0] == "Làm bù cho ngày 31/8/2026"


@pytest.mark.parametrize(
    ("worked", "off"), [((2014, 12, 27), "02/01/2015"), ((2019, 1, 5), "31/12/2018")]
)
def test_a_day_swapped_across_the_year_names_its_other_day(worked, off: str) -> None:
    rows = national_days("VN", range(worked[0], worked[0] + 1)).worked_days
    assert f"Làm bù cho ngày {off}" in {row.vi for row in rows if row.day == dt.date(*worked)}
    assert {row.day.year for row in rows} == {worked[0]}


def test_a_work_row_takes_a_holiday_away_and_the_last_row_wins() -> None:
    work, off = (override(CULTURE, kind) for kind in (DayKind.WORK, DayKind.OFF))
    assert build_calendar(2026, 2026, overrides=(off, work)).is_working_day(CULTURE)
    rows = national_days("VN", range(2026, 2027), (work, off)).days_off
    assert [row.legal_ref for row in rows if row.day == CULTURE] == ["QĐ 1/2026"]


def test_a_work_row_on_a_weekday_may_bring_shifts_of_its_own() -> None:
    row = override(CULTURE, DayKind.WORK, (Shift.parse("08:00-10:00"),))
    calendar = build_calendar(2026, 2026, overrides=(row,))
    assert [high - low for low, high in calendar.stretches(CULTURE)] == [120]


def test_a_work_row_makes_a_saturday_a_full_working_day() -> None:
    row = override(dt.date(2026, 11, 7), DayKind.WORK)
    calendar = build_calendar(2026, 2026, overrides=(row,))
    assert sum(high - low for low, high in calendar.stretches(row.day)) == 480


def test_an_off_row_takes_a_swapped_saturday_away() -> None:
    saturday = dt.date(2026, 8, 22)
    calendar = build_calendar(2026, 2026, overrides=(override(saturday, DayKind.OFF),))
    assert not calendar.is_working_day(saturday)


def test_closures_reach_the_calendar() -> None:
    row = Closure(dt.date(2026, 11, 2), "Bão", "Storm")
    assert not build_calendar(2026, 2026, closures=[row]).is_working_day(row.day)


def test_no_years_have_no_days_and_an_unknown_country_is_refused() -> None:
    assert national_days("VN", range(0)).days_off == ()
    with pytest.raises(UnknownCountry):
        national_days("XX", range(2026, 2027))


def test_a_country_without_vietnamese_names_still_has_days_off() -> None:
    rows = national_days("DE", range(2026, 2027)).days_off
    assert dt.date(2026, 10, 3) in {row.day for row in rows}
