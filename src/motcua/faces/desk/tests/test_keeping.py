"""The data keeper's page: what is due, held and erased; for nobody else."""

from __future__ import annotations

import datetime

import pytest

from motcua.core.access import actors
from motcua.core.access.actors import house
from motcua.core.access.models import Read
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.tests.world import DAY, MONDAY
from motcua.core.erasure.actions import hold
from motcua.core.erasure.records import erase_record
from motcua.core.erasure.retention import set_rule
from motcua.core.erasure.rules import Kind, Rule
from motcua.core.registers.acts import enter, retire
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import Order
from motcua.faces.ui.tests.pages import faults

PATH = "/ban/luu-giu"


@pytest.fixture
def keeper(desk) -> str:
    """Make the specialist keep the data of the agency where they work."""
    Appointment.objects.create(
        officer_id=desk.world.officer_id("specialist"),
        agency_id=desk.world.officers["specialist"].posts[0].agency_id,
        post="data_keeper",
        valid_from=DAY,
        reads_agency=True,
    )
    return "specialist"


@pytest.fixture
def ended(desk):
    """Give a dossier that ended years ago, with rules by which it is due."""
    done = desk.received()
    for rule in (Rule("*", 5, "12/QĐ-UBND"), Rule("*", 0, "8/QĐ-UBND", Kind.SIGN_IN, months=6)):
        set_rule(actor="system:test", at=MONDAY, rule=rule)
    tomorrow = DAY + datetime.timedelta(days=400)
    set_rule(actor="system:test", at=MONDAY, rule=Rule("*", 2, "9/NQ-HĐND", since=tomorrow))
    past = MONDAY.replace(year=MONDAY.year - 6)
    Dossier.objects.filter(pk=done.dossier_id).update(
        closed=True,
        finished_at=past,
        receiving_agency_id=desk.world.officers["specialist"].posts[0].agency_id,
    )
    return done


def test_the_keeper_sees_what_is_due_and_by_which_rule(desk, keeper, ended):
    shown = desk.get(keeper, PATH)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert f"/ban/ho-so/{ended.code}" in text
    assert "theo 12/QĐ-UBND" in text
    assert "6 tháng" in text
    assert "Sắp áp dụng" in text
    assert "Nguyễn" not in text
    hold(actor=house("test"), at=MONDAY, dossier_id=ended.dossier_id, document="3/TA")
    assert desk.get(keeper, PATH).content.decode().count("3/TA") == 2  # as due, and as held
    row = Read.objects.order_by("id").last()
    assert (row.kind, row.what, row.count) == ("listed", "retention", 1)
    assert PATH in desk.get(keeper, "/ban/tai-khoan").content.decode()


def test_it_is_said_in_english_too(desk, keeper, ended):
    browser = desk.as_(keeper)
    browser.cookies["language"] = "en"
    text = browser.get(PATH).content.decode()
    assert "Due to be erased" in text
    assert "6 months" in text


@pytest.mark.parametrize("who", ["counter", "leader", "other_head"])
def test_nobody_else_is_let_in(desk, ended, who):
    answer = desk.get(who, PATH)
    assert answer.status_code == 403
    assert ended.code not in answer.content.decode()
    assert PATH not in desk.get(who, "/ban/tai-khoan").content.decode()


def test_records_that_are_due_and_erased_stand_there_too(desk, keeper):
    told = {
        "actor": desk.world.officers["specialist"],
        "at": MONDAY,
        "declaration": register_of("advert_numbers"),
        "key": None,
    }
    order = Order({"number": "0900070001", "kind": "advert", "owner": "Nguyễn Chủ Số"})
    done = enter(**told, agency_id=desk.world.department.pk, order=order)
    retire(**told, record_id=done.record_id, revision=1, reason="Thử", since=DAY.replace(year=2020))
    rule = Rule("advert_numbers", 2, "7/QĐ-UBND", Kind.RECORD)
    set_rule(actor="system:test", at=MONDAY, rule=rule)
    shown = desk.get(keeper, PATH)
    assert faults(shown) == []
    due = shown.content.decode()
    assert f"/ban/so-dang-ky/advert_numbers/{done.record_id}" in due
    assert due.count("7/QĐ-UBND") == 2  # the rule, and its row
    assert "Nguyễn" not in due
    keeps = actors.officer(desk.world.officer_id(keeper), keeper, DAY)
    erase_record(actor=keeps, at=MONDAY, record_id=done.record_id, document="9/YC-CD")
    assert "9/YC-CD" in desk.get(keeper, PATH).content.decode()
    for path in ("", "/lich-su", "?ngay=2026-01-01"):
        page = desk.get(keeper, f"/ban/so-dang-ky/advert_numbers/{done.record_id}{path}")
        assert faults(page) == []
        assert "Nguyễn" not in page.content.decode()
    page = desk.get(keeper, f"/ban/so-dang-ky/advert_numbers/{done.record_id}")
    assert "đã được xóa theo quy định" in page.content.decode()
