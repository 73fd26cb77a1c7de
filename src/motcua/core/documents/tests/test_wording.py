"""How letters write instants, places and papers."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.documents.steps import judged
from motcua.core.documents.wording import (
    DESK,
    desk_of,
    forms_of,
    heading_day,
    lines_of,
    moment,
    place_of,
)


def at(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"2026-11-{text}+07:00")


def test_an_instant_is_written_with_hour_minute_and_day():
    assert moment(at("05T09:05")) == "09 giờ 05 phút, ngày 05/11/2026"
    assert moment(None) == ""


@pytest.mark.parametrize(
    ("day", "month", "written"), [(5, 2, ("05", "02")), (16, 11, ("16", "11")), (9, 3, ("09", "3"))]
)
def test_the_place_line_pads_days_under_ten_and_two_months(day, month, written):
    told = heading_day(datetime.date(2026, month, day))
    assert (told["day"], told["month"], told["year"]) == (*written, "2026")


@pytest.mark.parametrize(
    ("names", "place"),
    [
        (["Sở Nội vụ", "Ủy ban nhân dân thành phố Hà Nội"], "Hà Nội"),
        (["UỶ BAN NHÂN DÂN PHƯỜNG Hoàn Kiếm"], "Hoàn Kiếm"),
        (["Trung tâm", "Ủy ban nhân dân xã Ba Vì", "Ủy ban nhân dân thành phố Hà Nội"], "Ba Vì"),
        (["Bộ Nội vụ"], "…………"),
    ],
)
def test_the_place_is_that_of_the_nearest_committee(names, place):
    assert place_of(names) == place


def test_a_public_service_centre_is_its_own_desk():
    assert desk_of("Trung tâm Phục vụ hành chính công thành phố Hà Nội") == ""
    assert desk_of("Sở Nội vụ") == DESK


def test_papers_are_counted_by_form():
    assert forms_of(1, 12, 2) == "01 bản chính, 12 bản sao, 02 tệp điện tử"
    assert forms_of(0, 0, 1) == "01 tệp điện tử"


def test_a_remark_becomes_its_lines_without_list_marks():
    assert lines_of("1. Đơn\n\n - 2 bản\n 10) Sơ đồ 1.5\n-5 độ") == [
        "Đơn",
        "2 bản",
        "Sơ đồ 1.5",
        "-5 độ",
    ]


@pytest.mark.parametrize(
    ("ended", "due", "said"),
    [
        ("18T17:00", "19T08:00", "Trước hạn"),
        ("19T08:00", "19T08:00", "Đúng hạn"),
        ("19T08:01", "19T08:00", "Quá hạn"),
        (None, "19T08:00", "Đang giải quyết, trong hạn"),
        (None, "17T08:00", "Đang giải quyết, quá hạn"),
        (None, None, "Đang giải quyết"),
        ("18T17:00", None, "Không tính hạn"),
    ],
)
def test_a_step_is_judged_by_its_own_limit(ended, due, said):
    asked = at("18T08:00")
    assert judged(at(ended) if ended else None, at(due) if due else None, asked) == said
