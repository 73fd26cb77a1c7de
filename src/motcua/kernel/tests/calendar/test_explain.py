"""The readable account of a due date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from motcua.kernel.calendar import (
    Closure,
    DayOff,
    Limit,
    Shift,
    date_text,
    explain,
    length_text,
)
from motcua.kernel.tests.calendar.samples import at, office


def told(start: str, limit: str, language: str = "vi", calendar=None) -> tuple[str, ...]:
    return explain(calendar or office(), at(start), Limit.parse(limit), language)


def test_a_due_over_the_national_day_is_told_day_by_day() -> None:
    assert told("28/8/2026 16:00", "5 working_day") == (
        "Thứ Sáu 28/8/2026: 16:00–17:00, 1 giờ",
        "Thứ Bảy 29/8/2026 – Chủ Nhật 30/8/2026: nghỉ hằng tuần",
        "Thứ Hai 31/8/2026: nghỉ (Nghỉ hoán đổi với ngày 22/8/2026)",
        "Thứ Ba 01/9/2026 – Thứ Tư 02/9/2026: nghỉ (Quốc khánh)",
        (
            "Thứ Năm 03/9/2026 – Thứ Ba 08/9/2026: 4 ngày làm việc, 32 giờ"
            " (không tính 2 ngày nghỉ hằng tuần)"
        ),
        "Thứ Tư 09/9/2026: 08:00–12:00, 13:00–16:00, 7 giờ",
        "Đến hạn: 16:00 Thứ Tư 09/9/2026 (5 ngày làm việc)",
    )


def test_the_same_is_told_in_english() -> None:
    lines = told("28/8/2026 16:00", "5 working_day", "en")
    assert lines[0] == "Friday 28/8/2026: 16:00–17:00, 1 hour"
    assert lines[2] == "Monday 31/8/2026: off (Day off swapped with 22/8/2026)"
    assert lines[4].endswith("4 working days, 32 hours (without 2 weekly rest days)")
    assert lines[-1] == "Due: 16:00 Wednesday 09/9/2026 (5 working days)"


def test_a_start_after_hours_and_a_swapped_saturday_are_told() -> None:
    lines = told("21/8/2026 18:00", "1.5 working_day")
    assert lines[0] == "Thứ Sáu 21/8/2026: ngoài giờ làm việc, 0 phút"
    assert lines[1].endswith("08:00–12:00, 13:00–17:00, 8 giờ (Làm bù cho ngày 31/8/2026)")
    assert "outside working hours" in told("21/8/2026 18:00", "1 working_day", "en")[0]


def test_tet_is_one_line() -> None:
    lines = told("13/2/2026 15:00", "3 working_day")
    assert (
        "Thứ Hai 16/02/2026 – Thứ Sáu 20/02/2026: nghỉ"
        " (Giao thừa Tết Nguyên Đán … Mùng bốn Tết Nguyên Đán)"
    ) in lines


@pytest.mark.parametrize(("days", "lines"), [(3, 3), (4, 1)])
def test_four_days_off_of_different_names_are_one_line(days: int, lines: int) -> None:
    rows = (DayOff(dt.date(2026, 11, 3 + n), f"Lễ {n}", f"Feast {n}") for n in range(days))
    calendar = replace(office(), days_off=tuple(rows))
    off = [
        line for line in told("2/11/2026 08:00", "2 working_day", "vi", calendar) if "Lễ" in line
    ]
    assert len(off) == lines


def test_a_year_of_work_stays_readable() -> None:
    assert len(told("5/1/2026 08:00", "200 working_day")) < 30


def test_a_closure_is_told_with_its_hours() -> None:
    row = Closure(dt.date(2026, 11, 3), "Mất điện", "Power cut", part=Shift.parse("13:00-17:00"))
    shut = Closure(dt.date(2026, 11, 4), "Bão", "Storm")
    calendar = replace(office(), closures=(row, shut))
    lines = told("2/11/2026 08:00", "2 working_day", calendar=calendar)
    assert lines[1].endswith("08:00–12:00, 4 giờ (đóng cửa 13:00–17:00: Mất điện)")
    assert lines[2] == "Thứ Tư 04/11/2026: nghỉ (đóng cửa: Bão)"


def test_a_shift_to_midnight_ends_at_twenty_four() -> None:
    night = replace(office(), weekly=((Shift.parse("20:00-24:00"),),) * 7)
    assert "20:00–24:00" in told("2/11/2026 08:00", "4 working_hour", calendar=night)[0]


def test_a_limit_in_dates_names_the_articles_and_the_move() -> None:
    assert told("2/8/2026 18:00", "30 calendar_day") == (
        "Chủ Nhật 02/8/2026: ngày đầu tiên, không tính (Bộ luật Dân sự 2015, Điều 147)",
        "Thứ Ba 01/9/2026: ngày cuối của thời hạn",
        "Thứ Ba 01/9/2026 – Thứ Tư 02/9/2026: nghỉ (Quốc khánh)",
        "Đến hạn: 17:00 Thứ Năm 03/9/2026 (30 ngày)",
    )
    assert "Article 147" in told("2/8/2026 18:00", "1 month", "en")[0]


@pytest.mark.parametrize(("language", "word"), [("vi", "ngày nhận"), ("en", "received")])
def test_the_same_day_and_clock_hours_are_told(language: str, word: str) -> None:
    assert told("2/11/2026 09:00", "same_day", language)[0].endswith(word)
    assert len(told("2/11/2026 09:00", "same_day", language)) == 2
    lines = told("2/11/2026 18:00", "48 hour", language)
    assert "18:00" in lines[0]
    assert "04/11/2026" in lines[1]


def test_short_words() -> None:
    assert date_text(dt.date(2027, 1, 5)) == "05/01/2027"
    assert [length_text(n, "vi") for n in (0, 90, 60)] == ["0 phút", "1 giờ 30 phút", "1 giờ"]
    assert length_text(61, "en") == "1 hour 1 minute"
