"""An officer's own account: sessions, second factors, recovery codes and keys."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from motcua.core.accounts import sessions
from motcua.core.accounts.factors import CodeWrong, add_totp, new_secret
from motcua.core.accounts.models import ApiKey, Factor, Session
from motcua.core.accounts.proving import WrongPassword, prove_code, prove_password
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.rules import address_of_secret, code_at, step_of
from motcua.core.accounts.tests.doors import KEEPER, PASSWORD, account_of, signed_in
from motcua.core.dossiers.tests.world import MONDAY
from motcua.core.letters.qr import qr_inline
from motcua.core.limits.guesses import MOST_WRONG
from motcua.core.people.models import Account
from motcua.faces.ui.tests.pages import faults

NOW = MONDAY + datetime.timedelta(hours=2)
PAGE = "/ban/tai-khoan"
KEY = {"do": "make_key", "name": "Máy quét", "days": "7", "scopes": ["read", "file"]}


@pytest.fixture
def account(desk):
    found = account_of("counter", desk.world.officer_id("counter"))
    add_totp(actor=KEEPER, at=MONDAY, account=found, name="điện thoại", secret=new_secret())
    return found


@pytest.fixture
def browser(account):
    return signed_in(Client(), account, at=NOW)


@pytest.fixture
def stale(account):
    return signed_in(Client(), account, at=NOW - datetime.timedelta(minutes=16))


def test_the_page_is_whole(browser, stale):
    for one in (browser, stale):
        assert faults(one.get(PAGE)) == []


def test_a_key_is_shown_once(browser, account):
    made = browser.post(PAGE, KEY)
    token = made.context["made"].token
    assert token in made.content.decode()
    page = browser.get(PAGE).content.decode()
    assert token not in page
    assert "Máy quét" in page
    browser.post(PAGE, {"do": "revoke_key", "key": ApiKey.objects.get().pk})
    assert not ApiKey.objects.filter(revoked_at=None).exists()
    assert list(check_accounts()) == []


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "9"}, {"scopes": ["sign"]}],
)
def test_a_key_that_cannot_be_is_refused(browser, wrong):
    page = browser.post(PAGE, {**KEY, **wrong})
    assert (page.status_code, faults(page)) == (422, [])
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    "deed", ["set_password", "make_key", "add_factor", "remove_factor", "renew"]
)
def test_what_gives_rights_asks_for_a_fresh_proof(stale, deed):
    answer = stale.post(PAGE, {**KEY, "do": deed})
    assert answer["Location"] == "/dang-nhap/xac-thuc-lai?next=%2Fban%2Ftai-khoan"
    assert (ApiKey.objects.count(), Factor.objects.count()) == (0, 1)


def test_nobody_touches_what_is_anothers(browser, desk):
    other = account_of("leader", desk.world.officer_id("leader"))
    signed_in(Client(), other, at=NOW)
    theirs = Session.objects.get(account=other)
    browser.post(PAGE, {"do": "end", "session": theirs.pk})
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_one_session_or_all_of_them_are_ended(browser, stale, account):
    other = Session.objects.earliest("began_at")
    browser.post(PAGE, {"do": "end", "session": other.pk})
    assert stale.get(PAGE)["Location"].startswith("/dang-nhap")
    browser.post(PAGE, {"do": "end_all"})
    assert browser.get(PAGE)["Location"].startswith("/dang-nhap")


def test_a_second_authenticator_is_added_and_the_first_removed(browser):
    first = Factor.objects.get()
    secret = browser.get(PAGE).context["secret"]
    assert browser.post(PAGE, {"do": "add_factor", "code": "000000"}).status_code == 422
    browser.post(PAGE, {"do": "add_factor", "code": code_at(secret, step_of(NOW))})
    assert Factor.objects.count() == 2
    browser.post(PAGE, {"do": "remove_factor", "factor": first.pk})
    assert Factor.objects.get(removed_at=None) != first
    assert len(browser.post(PAGE, {"do": "renew"}).context["codes"]) == 10
    assert list(check_accounts()) == []


PASSWORDS = {
    "do": "set_password",
    "current_password": PASSWORD,
    "new_password": "khoai lang nướng",
}


def test_a_password_is_changed_and_every_other_session_ends(browser, account):
    other = signed_in(Client(), account, at=NOW)
    assert browser.post(PAGE, PASSWORDS)["Location"] == PAGE
    assert browser.get(PAGE).status_code == 200
    assert other.get(PAGE)["Location"].startswith("/dang-nhap")
    proven = {"username": account.username, "sender": "192.0.2.7", "at": NOW}
    assert prove_password(password="khoai lang nướng", **proven) == account
    with pytest.raises(WrongPassword):
        prove_password(password=PASSWORD, **proven)
    assert list(check_accounts()) == []


def test_a_change_that_is_sent_twice_is_made_once(browser, account):
    browser.post(PAGE, PASSWORDS)
    account.refresh_from_db()
    before = account.password
    assert browser.post(PAGE, PASSWORDS)["Location"] == PAGE
    account.refresh_from_db()
    assert account.password == before


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"current_password": "khong-phai"}, "mật khẩu chưa đúng"),
        ({"current_password": ""}, "mật khẩu chưa đúng"),
        ({"new_password": "ngan"}, "ít nhất 10 ký tự"),
        ({"new_password": ""}, "ít nhất 10 ký tự"),
    ],
)
def test_a_password_that_cannot_be_changed_stays(browser, account, wrong, told):
    before = account.password
    page = browser.post(PAGE, {**PASSWORDS, **wrong})
    assert (page.status_code, faults(page)) == (422, [])
    assert told in page.content.decode()
    account.refresh_from_db()
    assert account.password == before


def test_whoever_tries_passwords_here_is_locked_out_as_at_the_sign_in(browser):
    for _ in range(MOST_WRONG):
        browser.post(PAGE, {**PASSWORDS, "current_password": "khong-phai"})
    page = browser.post(PAGE, PASSWORDS)
    assert page.status_code == 429
    assert faults(page) == []


def test_the_published_password_of_the_sample_stays(browser, account, settings):
    settings.MOTCUA_SAMPLE = True
    Account.objects.filter(pk=account.pk).update(sample=True)
    page = browser.post(PAGE, PASSWORDS)
    assert page.status_code == 422
    assert "mật khẩu đã công bố" in page.content.decode()


def test_an_unknown_deed_is_no_deed(browser):
    assert browser.post(PAGE, {"do": "x"}).status_code == 404


def test_the_owner_reads_who_signed_in_and_who_failed(browser, account):
    sender, agent = "192.0.2.7", "Mozilla/5.0 (lạ)"
    with pytest.raises(CodeWrong):
        prove_code(account_id=account.pk, code="000000", sender=sender, at=NOW, agent=agent)
    page = browser.get(PAGE).content.decode()
    for told in ("Đã đăng nhập", "Sai thông tin đăng nhập (mã xác thực)", sender, agent):
        assert told in page


def test_nobody_reads_anothers_sign_ins(browser, desk):
    other = account_of("leader", desk.world.officer_id("leader"))
    sessions.begin(account=other, at=NOW, by="totp", address="192.0.2.9")
    assert "192.0.2.9" not in browser.get(PAGE).content.decode()


def test_this_was_not_me_ends_every_session(browser, stale, account):
    browser.post(PAGE, {"do": "not_me"})
    for one in (browser, stale):
        assert one.get(PAGE)["Location"].startswith("/dang-nhap")
    assert sessions.latest(account.pk)[0].by == "not_me"


def test_the_authenticator_is_read_off_a_symbol(browser):
    page = browser.get(PAGE)
    address = address_of_secret(page.context["secret"], username="counter")
    assert qr_inline(address) in page.content.decode()
