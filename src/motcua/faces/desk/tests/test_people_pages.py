"""Agencies, officers, posts and accounts on the desk: who sees them, and what their forms do."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from motcua.core.accounts.models import Session
from motcua.core.accounts.tests.doors import account_of, signed_in
from motcua.core.agencies.models import Appointment
from motcua.core.dossiers.tests.world import MONDAY, add_officer
from motcua.core.exchange.models import Message
from motcua.core.people.models import Account, Officer
from motcua.faces.ui.tests.pages import faults

NOW = MONDAY + datetime.timedelta(hours=2)
LONG_AGO = MONDAY - datetime.timedelta(days=1)
DAY = {"since.day": "2", "since.month": "11", "since.year": "2026"}


@pytest.fixture
def keeper(desk) -> Client:
    row = add_officer("keeper", desk.world.city, "system_keeper")
    return signed_in(Client(), account_of("keeper", row.officer_id), at=NOW)


def test_the_tree_is_open_to_every_officer_and_is_searched_without_accents(desk):
    page = desk.get("specialist", "/ban/co-quan")
    assert [one.node.code for one in page.context["listed"].rows][:2] == ["H26", "H26.09"]
    assert faults(page) == []
    assert desk.get("specialist", "/ban/co-quan?q=h26.15").context["listed"].total == 1


def test_an_agency_names_its_people_to_those_who_answer_for_them(desk):
    for who, shown in (("unit_head", True), ("specialist", False), ("other_head", False)):
        page = desk.get(who, "/ban/co-quan/H26.12")
        assert (
            page.context["shows_people"],
            "<strong>second</strong>" in page.content.decode(),
        ) == (shown, shown)


@pytest.mark.parametrize("path", ["co-quan/H26.99", "can-bo/987654/tai-khoan"])
def test_what_is_not_there_is_said_so(desk, path, keeper):
    assert keeper.get(f"/ban/{path}").status_code == 404


def test_a_head_lists_their_own_people_alone(desk):
    page = desk.get("unit_head", "/ban/can-bo")
    names = [one.name for one, _ in page.context["rows"]]
    assert names == ["counter", "second", "specialist", "unit_head"]
    assert desk.get("unit_head", "/ban/can-bo?q=SECOND").context["listed"].total == 1
    other = desk.world.city.pk
    assert desk.get("unit_head", f"/ban/can-bo?co-quan={other}").context["listed"].total == 0
    assert desk.get("specialist", "/ban/can-bo").status_code == 403


def test_a_head_takes_on_somebody_new(desk):
    sent = {"name": "Trần Thị Mới", "staff_number": "N1", "post": "specialist", "reads": "own"}
    told = {**sent, **DAY, "agency": desk.world.department.pk, "key": "k"}
    answer = desk.as_("unit_head").post("/ban/can-bo/moi", told)
    officer = Officer.objects.get(staff_number="N1")
    assert answer.headers["Location"] == f"/ban/can-bo/{officer.pk}"
    assert Appointment.objects.get(officer=officer).post == "specialist"


def test_what_is_wrong_with_the_form_is_said_and_what_was_typed_stays(desk):
    page = desk.as_("unit_head").post("/ban/can-bo/moi", {"name": "Trần Thị Mới"})
    assert (page.status_code, "Trần Thị Mới" in page.content.decode()) == (422, True)
    assert faults(page) == []


def test_a_head_moves_an_officer_to_another_post(desk):
    who = desk.world.officer_id("second")
    old = Appointment.objects.get(officer=who)
    sent = {"do": "appoint", "agency": desk.world.department.pk, "post": "counter", **DAY}
    sent |= {"instead": old.pk, "reads": "own", "key": "k", "since.day": "9"}
    assert desk.as_("unit_head").post(f"/ban/can-bo/{who}", sent).status_code == 302
    posts = Appointment.objects.filter(officer=who).order_by("pk").values_list("post", flat=True)
    assert list(posts) == ["specialist", "counter"]


def test_the_keeper_opens_an_account_and_the_password_is_shown_once(desk, keeper):
    who = desk.world.officer_id("second")
    path = f"/ban/can-bo/{who}/tai-khoan"
    page = keeper.post(path, {"do": "open", "username": "second.moi"})
    assert page.context["password"] in page.content.decode()
    assert "password" in page.context
    assert not keeper.get(path).context["password"]
    assert keeper.post(path, {"do": "open", "username": "khac"}).status_code == 422
    assert Account.objects.filter(officer=who).count() == 1


def test_starting_over_ends_what_was_signed_in(desk, keeper):
    officer = desk.as_("specialist")
    assert officer.get("/ban/viec").status_code == 200
    path = f"/ban/can-bo/{desk.world.officer_id('specialist')}/tai-khoan"
    assert keeper.post(path, {"do": "start_over"}).context["password"]
    assert officer.get("/ban/viec").status_code == 302
    told = Message.objects.get(topic="sign_in_started_over")
    assert told.receiver == f"officer:{desk.world.officer_id('specialist')}"
    assert "thiết lập lại đăng nhập" in told.payload


@pytest.mark.parametrize("do", ["open", "start_over", "close"])
def test_a_browser_left_open_opens_and_closes_no_account(desk, keeper, do):
    desk.as_("specialist")
    who = desk.world.officer_id("second" if do == "open" else "specialist")
    Session.objects.filter(account__username="keeper").update(proved_at=LONG_AGO)
    path, before = f"/ban/can-bo/{who}/tai-khoan", list(Account.objects.values())
    answer = keeper.post(path, {"do": do, "username": "moi"})
    assert (
        answer.headers["Location"]
        == f"/dang-nhap/xac-thuc-lai?next=%2Fban%2Fcan-bo%2F{who}%2Ftai-khoan"
    )
    assert list(Account.objects.values()) == before
    assert keeper.get(path).status_code == 200


def test_a_closed_account_is_opened_again(desk, keeper):
    desk.as_("specialist")
    path = f"/ban/can-bo/{desk.world.officer_id('specialist')}/tai-khoan"
    keeper.post(path, {"do": "close"})
    assert not keeper.get(path).context["account"].is_active
    keeper.post(path, {"do": "start_over"})
    assert keeper.get(path).context["account"].is_active


def test_nobody_keeps_their_own_account_and_heads_keep_none(desk, keeper):
    own = Account.objects.get(username="keeper").officer_id
    assert keeper.get(f"/ban/can-bo/{own}/tai-khoan").status_code == 403
    who = desk.world.officer_id("second")
    assert desk.get("unit_head", f"/ban/can-bo/{who}/tai-khoan").status_code == 403


def test_each_card_of_the_workshop_opens_to_whoever_sees_it(desk, keeper, settings):
    settings.MOTCUA_SYSTEMS = ["motcua.systems.one_stop"]
    cards = keeper.get("/ban/quan-tri").context["cards"]
    assert {"/ban/van-hanh", "/ban/van-hanh/viec-nen", "/ban/can-bo"} <= {c.address for c in cards}
    assert {keeper.get(one.address).status_code for one in cards} == {200}
    plain = [one.address for one in desk.get("specialist", "/ban/quan-tri").context["cards"]]
    assert plain == ["/ban/danh-muc", "/ban/co-quan", "/ban/lich"]


def test_who_answers_for_an_agency_says_what_it_signs_as(desk):
    where, paper = "/ban/co-quan/H26.12", "05/QĐ-SXD"
    page = desk.as_("unit_head").post(where, {"signs": "xd", "document": paper, "key": "a"})
    assert page.status_code == 422
    assert "in hoa" in page.content.decode()
    assert faults(page) == []
    sent = {"signs": "SXDHN", "since": "", "document": paper, "key": "b"}
    assert desk.as_("unit_head").post(where, sent).status_code == 302
    page = desk.get("specialist", where).content.decode()
    assert "SXDHN" in page
    assert paper in page
    assert 'name="signs"' not in page
    assert desk.as_("specialist").post(where, {**sent, "key": "c"}).status_code == 403
