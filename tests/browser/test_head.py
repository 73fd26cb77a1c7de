"""The day of a head of a unit, on a phone and at a desk screen: the board, the work, an absence."""

from __future__ import annotations

import datetime
import re

import pytest
from django.utils.timezone import localtime

from motcua.core.now import now
from tests.browser import acts
from tests.browser.conftest import sign_in
from tests.browser.test_at_the_counter import by_menu
from tests.browser.visitor import DESKTOP, PHONE, Visitor

_SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
SPECIALIST = "Hoàng Bảo Châu"


def say_day(head: Visitor, question: str, day: datetime.date) -> None:
    """Write a day into its three boxes."""
    head.answer({question: f"{day.day}/{day.month}/{day.year}"})


@_SIZES
def test_a_head_gives_out_what_nobody_has(window, citizen, officer, photo, scan, size):
    code = acts.receive(officer("motcua"), acts.file_postal(citizen, photo, scan))
    head = sign_in(window(size=size), "truongphong")
    by_menu(head, "Bàn điều hành")
    row = head.row("Chưa giao ai")
    row.get_by_role("link").first.click()
    head.page.wait_for_url(re.compile("/ban/nhom/viec"))
    head.follow(code).follow("Phân công thẩm định").main.get_by_label(
        re.compile(SPECIALIST)
    ).check()
    head.press("Phân công thẩm định")
    assert head.open(f"/ban/ho-so/{code}").sees([SPECIALIST])


@_SIZES
def test_a_head_says_when_they_are_away_and_who_stands_in(window, size):
    head = sign_in(window(size=size), "truongphong.vhtt")
    by_menu(head, "Bàn điều hành").follow("Lý Văn Ẩn", within=head.main)
    head.main.get_by_text("Ghi vắng mặt", exact=True).first.click()
    first = localtime(now()).date() + datetime.timedelta(days=30 if size == PHONE else 60)
    say_day(head, "Vắng mặt từ ngày", first)
    say_day(head, "Đến hết ngày", first + datetime.timedelta(days=2))
    head.select("Người thay (không bắt buộc)", "Mai Anh Thư").press("Ghi vắng mặt")
    told = (
        f"{first:%d/%m/%Y} – {first + datetime.timedelta(days=2):%d/%m/%Y}, người thay: Mai Anh Thư"
    )
    assert head.sees([told])
    with head.page.expect_navigation():
        head.main.locator("form", has_text=told).get_by_role("button").click()
    assert told not in head.reload().text
