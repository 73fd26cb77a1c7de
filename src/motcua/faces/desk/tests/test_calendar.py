"""The pages of days off: an officer of the city enters one, its head looks and decides."""

from __future__ import annotations

import pytest

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.clock.models import CalendarChange
from motcua.core.now import now
from motcua.core.redating.preview import show
from motcua.core.redating.whole import run

PAGE = "/ban/lich"
FORM = {"nghi": "31/12/2029, 28/12/2029", "lam-bu": "", "ten": "Nghỉ bão", "van-ban": "12/TB"}


@pytest.fixture
def entered(desk) -> CalendarChange:
    desk.world.to("appraise")
    assert desk.as_("leader").post(PAGE, FORM).status_code == 302
    yield CalendarChange.objects.get()
    calendars.forget()
    forget_tree()


def shown(desk, row: CalendarChange) -> str:
    return desk.get("leader", f"{PAGE}/{row.pk}").content.decode()


def post(desk, row: CalendarChange, what: str):
    return desk.as_("leader").post(f"{PAGE}/{row.pk}", {"lam": what})


def test_a_day_is_entered_looked_at_decided_and_done(desk, entered):
    assert "Đang tính bản xem trước" in shown(desk, entered)
    show(at=now(), change_id=entered.pk)
    page = shown(desk, entered)
    assert "Quyết định thay đổi này" in page
    assert "31/12/2029" in page
    assert post(desk, entered, "quyet-dinh").status_code == 302
    run(clock=now, change_id=entered.pk)
    assert "0 hồ sơ đã có hạn mới." in shown(desk, entered)
    assert "12/TB" in desk.get("leader", PAGE).content.decode()


def test_what_is_wrong_is_told_and_what_was_typed_stays(desk):
    answer = desk.as_("leader").post(PAGE, {**FORM, "van-ban": "", "nghi": "31/13/2029"})
    assert answer.status_code == 422
    answer = desk.as_("leader").post(PAGE, {**FORM, "van-ban": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ghi số, ký hiệu văn bản" in page
    assert "31/12/2029, 28/12/2029" in page
    assert CalendarChange.objects.count() == 0


def test_it_is_taken_back_by_a_button(desk, entered):
    assert post(desk, entered, "huy").status_code == 302
    assert CalendarChange.objects.get().state == "undone"


def test_nobody_decides_before_looking(desk, entered):
    assert "Quyết định thay đổi này" not in shown(desk, entered)
    assert post(desk, entered, "quyet-dinh").status_code == 409
    assert post(desk, entered, "xem").status_code == 302


def test_others_see_the_days_and_nothing_to_enter_or_decide(desk, entered):
    for who in ("counter", "unit_head", "other_head"):
        page = desk.get(who, PAGE).content.decode()
        assert "Quốc khánh" in page
        assert "Nhập thay đổi" not in page
        assert "12/TB" not in page
        assert desk.as_(who).post(PAGE, FORM).status_code == 403
        assert desk.get(who, f"{PAGE}/{entered.pk}").status_code == 404
        assert desk.as_(who).post(f"{PAGE}/{entered.pk}", {"lam": "huy"}).status_code == 404
    assert CalendarChange.objects.get().state == "proposed"


def test_the_page_reads_in_english(desk, entered):
    show(at=now(), change_id=entered.pk)
    client = desk.as_("leader")
    client.cookies["language"] = "en"
    page = client.get(f"{PAGE}/{entered.pk}").content.decode()
    assert "What it would change" in page
