"""Officers sign in with a password and a second factor; guessing is slow."""

from __future__ import annotations

import datetime

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from motcua.core.accounts import proving, sessions
from motcua.core.accounts.factors import add_totp, renew_recovery_codes
from motcua.core.accounts.managing import close_account, invite, set_password
from motcua.core.accounts.models import Session, SignIn
from motcua.core.accounts.rules import code_at, step_of
from motcua.core.accounts.tests.doors import KEEPER, account_of
from motcua.core.dossiers.tests.world import MONDAY, make_world
from motcua.core.limits.guesses import MOST_WRONG
from motcua.core.people.models import Account, Officer
from motcua.faces.ui import context, views
from motcua.faces.ui.actors import actor_of
from motcua.faces.ui.tests.pages import faults

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "mat-khau-dai"
GOOD = {"username": "can.bo", "password": PASSWORD}
AT = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)


@pytest.fixture
def officer(db, clock):
    account = account_of("can.bo", make_world().officer_id("counter"), PASSWORD)
    add_totp(actor=KEEPER, at=AT, account=account, name="điện thoại", secret=SECRET)
    return account


@pytest.fixture
def clock(monkeypatch):
    """Stand the clock of the pages still; calling it moves the time on."""
    told = [AT]
    for door in (views, context):
        monkeypatch.setattr(door, "now", lambda: told[0])
    front = "motcua.faces.portal.views.catalogue.now"  # by name: ui imports no portal
    monkeypatch.setattr(front, lambda: told[0])

    def later(**length):
        told[0] += datetime.timedelta(**length)
        return told[0]

    return later


def code(at=AT):
    return {"code": code_at(SECRET, step_of(at))}


def signed_in(client, at=AT):
    client.post("/dang-nhap", GOOD)
    return client.post("/dang-nhap/xac-thuc", code(at))


def test_password_and_code_lead_to_the_work(officer, client):
    assert client.post("/dang-nhap", GOOD)["Location"] == "/dang-nhap/xac-thuc"
    assert faults(client.get("/dang-nhap/xac-thuc")) == []
    assert client.post("/dang-nhap/xac-thuc", code())["Location"] == "/ban/viec"
    assert Session.objects.get(ended_at=None).account == officer
    assert client.get("/").context["officer"].officer_id == officer.officer_id


def test_the_name_is_taken_in_any_case(officer, client):
    assert client.post("/dang-nhap", {**GOOD, "username": " Can.Bo "}).status_code == 302


def test_the_way_back_is_kept_but_never_leaves_the_house(officer, client, clock):
    aims = {"/ban/ho-so?q=1": "/ban/ho-so?q=1", "https://example.org/": "/ban/viec"}
    for asked, led in aims.items():
        client.post("/dang-nhap", {**GOOD, "next": asked})
        assert client.post("/dang-nhap/xac-thuc", code(clock(seconds=60)))["Location"] == led


def test_a_password_alone_reaches_nothing(officer, client):
    client.post("/dang-nhap", GOOD)
    assert client.get("/").context["officer"] is None
    assert client.get("/dang-nhap/xac-thuc-lai")["Location"] == "/dang-nhap"
    assert not Session.objects.exists()


def test_a_code_without_the_password_reaches_nothing(officer, client):
    assert client.post("/dang-nhap/xac-thuc", code())["Location"] == "/dang-nhap"
    assert not Session.objects.exists()


def test_a_half_sign_in_ends_with_its_time_and_with_the_password(officer, client, clock):
    client.post("/dang-nhap", GOOD)
    set_password(actor=KEEPER, at=AT, account=officer, password="mot-mat-khau-khac")
    assert client.post("/dang-nhap/xac-thuc", code())["Location"] == "/dang-nhap"
    client.post("/dang-nhap", {**GOOD, "password": "mot-mat-khau-khac"})
    at = clock(minutes=10)
    assert client.post("/dang-nhap/xac-thuc", code(at))["Location"] == "/dang-nhap"


def test_a_code_serves_once(officer, client):
    signed_in(client)
    other = Client()
    other.post("/dang-nhap", GOOD)
    page = other.post("/dang-nhap/xac-thuc", code())
    assert (page.status_code, faults(page)) == (422, [])
    assert Session.objects.count() == 1


def test_a_recovery_code_serves_once(officer, client):
    one = renew_recovery_codes(actor=KEEPER, at=AT, account=officer)[0]
    statuses = []
    for _ in range(2):
        client.post("/dang-nhap", GOOD)
        statuses.append(client.post("/dang-nhap/xac-thuc", {"code": one}).status_code)
    assert statuses == [302, 422]


def test_guessing_codes_is_stopped_even_with_the_right_one(officer, client):
    client.post("/dang-nhap", GOOD)
    for _ in range(MOST_WRONG):
        client.post("/dang-nhap/xac-thuc", {"code": "000000"})
    assert client.post("/dang-nhap/xac-thuc", code()).status_code == 429
    assert SignIn.objects.filter(what="locked", account=officer).count() == 1


def test_a_session_ends_when_idle_and_when_old(officer, client, clock, settings):
    signed_in(client)
    for _ in range(9):
        clock(minutes=59)
        assert client.get("/").context["officer"] is not None
    clock(minutes=61)
    assert client.get("/").context["officer"] is None
    signed_in(client, clock(hours=1))
    for _ in range(10):
        clock(minutes=59)
        client.get("/")
    clock(minutes=20)
    assert client.get("/").context["officer"] is None


@pytest.mark.parametrize("act", [close_account, invite])
def test_a_keeper_ends_every_session(officer, client, act):
    signed_in(client)
    act(actor=KEEPER, at=AT, account=officer)
    assert client.get("/").context["officer"] is None


def test_an_officer_who_leaves_is_out(officer, client):
    signed_in(client)
    Officer.objects.update(left_on=AT.date())
    assert client.get("/").context["officer"] is None
    assert client.post("/dang-nhap", GOOD).status_code == 422


def test_signing_in_gives_a_new_token_and_forgets_what_was_there(officer, client):
    session = client.session
    session["sign_in"] = planted = sessions.begin(
        account=officer, at=AT, by="test", address="192.0.2.1"
    )
    session["applicant"] = {"party": 1}
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    signed_in(client)
    assert client.session["sign_in"] != planted
    assert "applicant" not in client.session


def test_an_invited_account_sets_its_own_password_and_factor_once(officer, client):
    given = invite(actor=KEEPER, at=AT, account=officer)
    assert (
        client.post("/dang-nhap", {**GOOD, "password": given})["Location"] == "/dang-nhap/thiet-lap"
    )
    page = client.get("/dang-nhap/thiet-lap")
    secret = page.context["secret"]
    assert faults(page) == []
    sent = {"code": code_at(secret, step_of(AT)), "password": "rieng-cua-minh"}
    weak = client.post("/dang-nhap/thiet-lap", {**sent, "password": "ngan"})
    assert (weak.status_code, faults(weak)) == (422, [])
    done = client.post("/dang-nhap/thiet-lap", sent)
    assert len(done.context["codes"]) == 10
    assert client.get("/").context["officer"] is not None
    assert client.post("/dang-nhap", {**GOOD, "password": given}).status_code == 422


def test_an_invitation_ends(officer, client, clock):
    given = invite(actor=KEEPER, at=AT, account=officer)
    clock(days=8)
    assert client.post("/dang-nhap", {**GOOD, "password": given}).status_code == 422


def test_a_sample_account_opens_no_real_city(officer, client, settings):
    Account.objects.update(sample=True)
    settings.MOTCUA_SAMPLE = False
    assert client.post("/dang-nhap", GOOD).status_code == 422


def test_an_unknown_name_costs_the_same_slow_hash(officer, client, monkeypatch):
    paid = []
    check = proving.check_password
    monkeypatch.setattr(
        proving, "check_password", lambda *told: (paid.append(told[1][:4]), check(*told))[1]
    )
    for username in ("can.bo", "ai.do", "a\x00b"):
        client.post("/dang-nhap", {"username": username, "password": "x"})
    assert len(paid) == 3
    assert len(set(paid)) == 1


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
    signed_in(client)
    assert client.post("/dang-xuat")["Location"] == "/"
    assert not Session.objects.filter(ended_at=None).exists()


def test_leaving_needs_a_post(officer, client):
    signed_in(client)
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
