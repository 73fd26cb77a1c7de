"""Officers sign in with a name and a password; guessing is slow."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from motcua.core.accounts import sessions
from motcua.core.accounts.models import Session
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.limits.guesses import MOST_WRONG
from motcua.core.people.models import Account
from motcua.faces.ui.actors import actor_of
from motcua.faces.ui.tests.pages import faults

GOOD = {"username": "can.bo", "password": "mat-khau-dai"}


@pytest.fixture
def officer(db):
    who = make_world().officer_id("counter")
    account = Account(username="can.bo", officer_id=who)
    account.set_password("mat-khau-dai")
    account.save()
    return account


def test_the_right_password_leads_to_the_work(officer, client):
    assert client.post("/dang-nhap", GOOD)["Location"] == "/ban/viec"
    assert Session.objects.get(ended_at=None).account == officer


def test_the_name_is_taken_in_any_case(officer, client):
    assert client.post("/dang-nhap", {**GOOD, "username": " Can.Bo "}).status_code == 302


def test_the_way_back_is_kept_but_never_leaves_the_house(officer, client):
    aims = {"/ban/ho-so?q=1": "/ban/ho-so?q=1", "https://example.org/": "/ban/viec"}
    for asked, led in aims.items():
        assert client.post("/dang-nhap", {**GOOD, "next": asked})["Location"] == led


@pytest.mark.parametrize(
    "wrong", [{"password": "x"}, {"username": "ai.do"}, {"username": "a\x00b"}, {"username": ""}]
)
def test_a_wrong_pair_is_told_the_same_way_whatever_is_wrong(officer, client, wrong):
    page = client.post("/dang-nhap", {**GOOD, **wrong})
    assert (page.status_code, faults(page)) == (422, [])
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page.content.decode()
    assert not Session.objects.exists()


def test_guessing_is_stopped_even_with_the_right_password(officer, client):
    for _ in range(MOST_WRONG):
        client.post("/dang-nhap", {**GOOD, "password": "x"})
    assert client.post("/dang-nhap", GOOD).status_code == 429


def test_a_closed_account_cannot_sign_in(officer, client):
    Account.objects.update(is_active=False)
    assert client.post("/dang-nhap", GOOD).status_code == 422


def test_leaving_forgets_everything(officer, client):
    client.force_login(officer)
    assert client.post("/dang-xuat")["Location"] == "/"
    assert not Session.objects.filter(ended_at=None).exists()


def test_leaving_needs_a_post(officer, client):
    client.force_login(officer)
    assert client.get("/dang-xuat").status_code == 405
    assert Session.objects.filter(ended_at=None).exists()


def test_a_form_without_its_token_is_refused_by_name(officer):
    page = Client(enforce_csrf_checks=True).post("/dang-nhap", GOOD)
    assert (page.status_code, faults(page)) == (403, [])
    assert "ui.csrf" in page.content.decode()


def test_the_actor_is_the_officer_with_the_posts_of_the_day(officer):
    token = sessions.begin(account=officer, at=MONDAY, by="test", address="127.0.0.1")
    request = RequestFactory().get("/")
    request.session = {"sign_in": token}
    actor = actor_of(request, MONDAY)
    assert (actor.key, [held.post for held in actor.posts]) == (
        f"officer:{officer.officer_id}",
        ["counter"],
    )


def test_a_stranger_is_the_public(db, client):
    request = RequestFactory().get("/")
    request.session = {}
    assert actor_of(request, MONDAY).key == "public"
