"""Levels of online service before and after Decree 42/2022/NĐ-CP."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.catalogue.levels import SINCE, fits, spans_of
from motcua.core.procedures.declaration import Mark

BEFORE = SINCE - datetime.timedelta(1)


def read(text):
    return [(one.level, one.first, one.last) for one in spans_of(text, Mark.CONFIRMED, "trang")]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("mức độ 4", [("4", None, BEFORE), ("full", SINCE, None)]),
        ("mức độ 3 (Thái Bình, trước 2022)", [("3", None, BEFORE), ("part", SINCE, None)]),
        ("mức độ 2", [("2", None, BEFORE), ("info", SINCE, None)]),
        ("toàn trình (mức độ 4 trước 2022)", [("4", None, BEFORE), ("full", SINCE, None)]),
        ("mức độ 2/một phần", [("2", None, BEFORE), ("part", SINCE, None)]),
        ("toàn trình", [("full", None, None)]),
        ("kênh nộp: Trực tuyến, Trực tiếp", []),
    ],
)
def test_what_a_text_says_of_levels(text, spans):
    assert read(text) == spans


def test_what_only_follows_from_the_decree_is_unconfirmed():
    assert [one.mark for one in spans_of("mức độ 3", Mark.CONFIRMED, "trang")] == [
        Mark.CONFIRMED,
        Mark.UNCONFIRMED,
    ]


@pytest.mark.parametrize(
    ("level", "on", "known"),
    [("3", BEFORE, True), ("3", SINCE, False), ("part", SINCE, True), ("part", BEFORE, False)],
)
def test_each_time_knows_its_levels(level, on, known):
    assert fits(level, on) is known
