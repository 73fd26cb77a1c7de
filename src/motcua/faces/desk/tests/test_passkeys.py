"""Passkeys on the pages: signing in, proving again, and no button where none would work."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from fido2.utils import websafe_decode

from motcua.core.accounts import challenges
from motcua.core.accounts.challenges import ChallengeEnded
from motcua.core.accounts.factors import add_totp, new_secret
from motcua.core.accounts.models import Challenge, Factor, Session, SignIn
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.tests.doors import KEEPER, account_of, signed_in
from motcua.core.accounts.tests.soft_key import ORIGIN, SoftKey
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.dossiers.tests.world import MONDAY
from motcua.faces.portal.views import catalogue
from motcua.faces.ui import passkeys, views
from motcua.faces.ui.tests.pages import faults

DOOR, CHALLENGE = "/dang-nhap/khoa-truy-cap", "/dang-nhap/khoa-truy-cap/thach-thuc"
ACCOUNT, AGAIN = "/ban/tai-khoan", "/dang-nhap/xac-thuc-lai"
NOW = MONDAY + datetime.timedelta(hours=2)
LONG = datetime.timedelta(minutes=16)


@pytest.fixture(autouse=True)
def _house(settings, monkeypatch):
    settings.MOTCUA_PUBLIC_ADDRESS = ORIGIN
    for door in (views, passkeys, catalogue):
        monkeypatch.setattr(door, "now", lambda: NOW)


@pytest.fixture
def account(desk):
    found = account_of("counter", desk.world.officer_id("counter"))
    add_totp(actor=KEEPER, at=MONDAY, account=found, name="điện thoại", secret=new_secret())
    return found


@pytest.fixture
def browser(account):
    return signed_in(Client(), account, at=NOW)


def asked(browser, purpose):
    options = browser.post(CHALLENGE, {"purpose": purpose}).json()["publicKey"]
    return websafe_decode(options["challenge"]).decode()


def add(browser, key, name=""):
    made = key.made(asked(browser, "enrol"))
    return browser.post(ACCOUNT, {"do": "add_passkey", "passkey": made, "passkey_name": name})


def come_in(browser, key, aim="/ban/ho-so"):
    signed = key.signed(asked(browser, "sign_in"))
    return browser.post(DOOR, {"passkey": signed, "next": aim})


@pytest.fixture
def key(browser):
    soft = SoftKey()
    assert add(browser, soft, "Máy ở bàn")["Location"] == ACCOUNT
    return soft


def test_a_passkey_opens_the_work_in_place_of_password_and_code(key, account, client):
    assert come_in(client, key)["Location"] == "/ban/ho-so"
    assert client.get("/").context["officer"].officer_id == account.officer_id
    assert SignIn.objects.latest("id").by == "passkey"


def test_an_answer_sent_again_or_in_another_browser_opens_nothing(key, client):
    signed = key.signed(asked(client, "sign_in"))
    stranger = Client()
    assert stranger.post(DOOR, {"passkey": signed}).status_code == 422
    client.post(DOOR, {"passkey": signed})
    again = client.post(DOOR, {"passkey": signed})
    assert (again.status_code, faults(again)) == (422, [])
    assert Session.objects.count() == 2


def test_a_cookie_of_before_opens_nothing_again(key, client):
    signed = key.signed(asked(client, "sign_in"))
    cookie = client.cookies["sessionid"].value
    client.post(DOOR, {"passkey": signed})
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert thief.post(DOOR, {"passkey": signed}).status_code == 422


def test_what_leads_away_is_not_followed(key, client):
    assert come_in(client, key, "https://example.org/")["Location"] == "/ban/viec"


def test_a_passkey_proves_again(key, account):
    stale = signed_in(Client(), account, at=NOW - LONG)
    assert faults(stale.get(AGAIN)) == []
    signed = key.signed(asked(stale, "prove"))
    done = stale.post(AGAIN, {"passkey": signed, "next": ACCOUNT})
    assert done["Location"] == ACCOUNT
    assert stale.get(ACCOUNT).context["fresh"]
    line = SignIn.objects.latest("id")
    assert (line.what, line.by) == ("proved", "passkey")


def test_a_false_proof_is_refused_on_the_page(key, account):
    stale = signed_in(Client(), account, at=NOW - LONG)
    key.verified = False
    page = stale.post(AGAIN, {"passkey": key.signed(asked(stale, "prove"))})
    assert (page.status_code, faults(page)) == (422, [])
    assert not stale.get(ACCOUNT).context["fresh"]


def test_adding_one_asks_for_a_fresh_proof(account):
    stale = signed_in(Client(), account, at=NOW - LONG)
    assert add(stale, SoftKey())["Location"].startswith(AGAIN)
    assert not Factor.objects.filter(kind="passkey").exists()


def test_a_passkey_is_shown_by_its_name_and_removed(key, browser, client):
    assert "Máy ở bàn" in browser.get(ACCOUNT).content.decode()
    passkey = Factor.objects.get(kind="passkey")
    browser.post(ACCOUNT, {"do": "remove_factor", "factor": passkey.pk})
    assert come_in(client, key).status_code == 422
    assert list(check_accounts()) == []


@pytest.mark.parametrize("purpose", ["prove", "enrol"])
def test_strangers_get_no_challenge_but_to_sign_in(db, client, purpose):
    assert client.post(CHALLENGE, {"purpose": purpose}).status_code == 403


def test_an_unknown_purpose_is_none(db, client):
    assert client.post(CHALLENGE, {"purpose": "x"}).status_code == 404
    assert client.get(CHALLENGE).status_code == 405


def test_the_form_is_hidden_until_the_script_shows_it(browser, client):
    for page in (client.get("/dang-nhap"), browser.get(AGAIN), browser.get(ACCOUNT)):
        assert faults(page) == []
        assert f'data-origin="{ORIGIN}" hidden>' in page.content.decode()


def test_where_no_passkey_can_be_there_is_no_form_and_no_script(browser, client, settings):
    settings.MOTCUA_PUBLIC_ADDRESS = "http://192.0.2.1"
    for page in (client.get("/dang-nhap"), browser.get(AGAIN), browser.get(ACCOUNT)):
        assert "passkey" not in page.content.decode()
    assert client.post(CHALLENGE, {"purpose": "sign_in"}).status_code == 503


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_takes_the_challenge(transactional_db, tmp_path):
    told = {"purpose": Challenge.Purpose.SIGN_IN, "account_id": None, "at": NOW}

    def one():
        challenges.use(challenge, **told)

    with shared_world(tmp_path):
        challenge = challenges.ask(sender="192.0.2.1", **told)
        answers = together(*[one] * 6)
    assert sum(isinstance(answer, ChallengeEnded) for answer in answers) == 5
