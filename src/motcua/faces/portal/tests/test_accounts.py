"""Citizens sign in by telephone: a masked list, and what a look-up number opens for good."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from motcua.core.access.models import Read
from motcua.core.accounts import phones
from motcua.core.accounts.models import Binding, Session
from motcua.core.accounts.reconcile_citizens import check_citizens
from motcua.core.dossiers.models import Dossier
from motcua.core.exchange.models import Message
from motcua.core.exchange.sealed import unseal
from motcua.core.limits.rules import Rate
from motcua.core.people.models import Account
from motcua.faces.portal.tests.test_filing import URL, checked
from motcua.faces.ui.tests.pages import faults

PHONE = "0912345678"
MINE = "/ho-so-cua-toi"
SETTINGS = "/ho-so-cua-toi/tai-khoan"
__all__ = ["checked"]  # a fixture


def code_sent() -> str:
    message = Message.objects.filter(topic="sign_in_code").latest("id")
    return re.match(r"\d{6}", unseal(json.loads(message.payload)["sealed"])).group()


def sign_in(client, phone=PHONE, aim=MINE):
    assert client.post("/dang-nhap/dien-thoai", {"phone": phone, "next": aim}).status_code == 302
    return client.post("/dang-nhap/dien-thoai/ma", {"code": code_sent()})


@pytest.fixture
def done(world, clock):
    """A dossier that names the telephone."""
    return world.move(world.file(), "counter", "receive")


@pytest.fixture
def citizen(client, done):
    sign_in(client)
    return client


def text(client, path=MINE) -> str:
    return client.get(path).content.decode()


def opens(client, done) -> bool:
    return client.get(f"/ho-so/{done.code}").status_code == 200


def forget_the_half_hour(clock) -> None:
    clock.forward(minutes=31)


@pytest.fixture(autouse=True)
def _often(monkeypatch):
    """Let codes follow one another at once; the tests of accounts try the waits."""
    monkeypatch.setattr(phones, "AGAIN", Rate("test.again", 100, 30))


def test_a_code_leads_where_one_wanted_to_go(client, done):
    asked = client.get(SETTINGS)["Location"]
    assert asked == "/dang-nhap/dien-thoai?next=%2Fho-so-cua-toi%2Ftai-khoan"
    assert faults(client.get(asked)) == []
    assert sign_in(client, aim=SETTINGS)["Location"] == SETTINGS
    assert (faults(client.get(SETTINGS)), faults(client.get(MINE))) == ([], [])
    assert Account.objects.get(officer=None).username == "+84912345678"


def test_known_and_unknown_telephones_get_the_same_answer(client, done):
    sign_in(client)
    told = []
    for phone in ("0912345678", "0987654321"):
        fresh = Client()
        answer = fresh.post("/dang-nhap/dien-thoai", {"phone": phone})
        page = fresh.get(answer["Location"]).content.decode()
        page = re.sub(r"\+84\d+|csrfmiddlewaretoken\" value=\"\w+", "", page)
        told.append((answer.status_code, answer["Location"], page))
        wrong = fresh.post("/dang-nhap/dien-thoai/ma", {"code": "12345"})
        told[-1] += (wrong.status_code, faults(wrong))
    assert told[0] == told[1]


def test_the_telephone_alone_shows_a_masked_line(citizen, done):
    page = text(citizen)
    assert "Hồ sơ khai số điện thoại này" in page
    applicant = Dossier.objects.get(pk=done.dossier_id).applicant.name
    for secret in (done.code, done.lookup, applicant):
        assert secret not in page
    assert not opens(citizen, done)
    assert citizen.post(f"/ho-so/{done.code}/rut", {"reason": "x"}).status_code == 302
    assert Dossier.objects.get(pk=done.dossier_id).closed is False


def test_the_look_up_number_opens_it_for_good(citizen, done, clock):
    answer = citizen.post(MINE, {"so": done.lookup})
    assert answer["Location"] == f"/ho-so/{done.code}"
    forget_the_half_hour(clock)
    assert opens(citizen, done)
    assert done.code in text(citizen)
    assert Binding.objects.get().reason == "number"
    assert list(check_citizens()) == []


def test_on_another_day_it_is_still_open(citizen, done, clock):
    citizen.post(MINE, {"so": done.lookup})
    clock.forward(days=3)
    elsewhere = Client()
    sign_in(elsewhere)
    assert opens(elsewhere, done)
    assert citizen.get(MINE)["Location"].startswith("/dang-nhap/dien-thoai")


@pytest.mark.parametrize("typed", ["", "x", "7KQ4M-2XH9B", "H26.12-250701-0001", "\x00", "9" * 99])
def test_a_wrong_number_binds_nothing(citizen, done, typed):
    answer = citizen.post(MINE, {"so": typed})
    assert (answer.status_code, faults(answer)) == (422, [])
    assert not Binding.objects.exists()


def test_a_code_that_is_counted_up_binds_nothing(citizen, done, clock):
    assert citizen.post(MINE, {"so": done.code}).status_code == 422
    citizen.post("/tra-cuu", {"so": done.code, "phone": PHONE})
    assert opens(citizen, done)
    forget_the_half_hour(clock)
    assert not opens(citizen, done)


def test_a_dossier_of_another_telephone_is_bound_by_its_own_look_up(client, done, clock):
    sign_in(client, "0987654321")
    assert "Hồ sơ khai số điện thoại này" not in text(client)
    assert client.post(MINE, {"so": done.lookup}).status_code == 422
    client.post("/tra-cuu", {"so": done.lookup, "phone": PHONE})
    forget_the_half_hour(clock)
    assert opens(client, done)


def test_what_is_filed_while_signed_in_is_bound_at_once(client, checked, clock):
    sign_in(client, "0987654321")
    filed = client.post(f"{URL}/kiem-tra", checked)
    forget_the_half_hour(clock)
    assert Binding.objects.get().reason == "filed"
    assert client.get(filed["Location"]).status_code == 200
    assert Dossier.objects.get().lookup in text(client)


def test_what_strangers_file_is_bound_to_nobody(client, checked, clock):
    client.post(f"{URL}/kiem-tra", checked)
    assert not Binding.objects.exists()


def test_a_dossier_taken_off_the_account_needs_its_number_again(citizen, done, clock):
    citizen.post(MINE, {"so": done.lookup})
    forget_the_half_hour(clock)
    party = Binding.objects.get().party_id
    citizen.post(SETTINGS, {"do": "unbind", "which": party})
    assert not opens(citizen, done)
    assert list(check_citizens()) == []


def test_nobody_takes_off_or_ends_what_is_anothers(citizen, done, clock):
    citizen.post(MINE, {"so": done.lookup})
    other = Client()
    sign_in(other, "0987654321")
    other.post(SETTINGS, {"do": "unbind", "which": Binding.objects.get().party_id})
    other.post(SETTINGS, {"do": "end", "which": Session.objects.earliest("id").pk})
    forget_the_half_hour(clock)
    assert opens(citizen, done)
    assert not opens(other, done)


@pytest.mark.parametrize("deed", ["end_all", "end"])
def test_sessions_are_ended_from_elsewhere(citizen, done, deed):
    first = Session.objects.get()
    elsewhere = Client()
    sign_in(elsewhere)
    elsewhere.post(SETTINGS, {"do": deed, "which": first.pk})
    assert citizen.get(MINE).status_code == 302


def test_signing_out_ends_the_session(citizen):
    cookies = dict(citizen.cookies)
    citizen.post("/dang-xuat")
    stolen = Client()
    stolen.cookies.update(cookies)
    assert stolen.get(MINE).status_code == 302


def test_the_code_is_no_good_in_another_browser(client, done):
    client.post("/dang-nhap/dien-thoai", {"phone": PHONE})
    code, elsewhere = code_sent(), Client()
    assert elsewhere.post("/dang-nhap/dien-thoai/ma", {"code": code}).status_code == 302
    elsewhere.post("/dang-nhap/dien-thoai", {"phone": PHONE})
    assert elsewhere.post("/dang-nhap/dien-thoai/ma", {"code": code}).status_code == 422


def test_a_code_does_not_serve_twice_even_with_the_cookies_of_before(client, done):
    client.post("/dang-nhap/dien-thoai", {"phone": PHONE})
    replay, code = Client(), code_sent()
    replay.cookies.update(dict(client.cookies))
    assert client.post("/dang-nhap/dien-thoai/ma", {"code": code}).status_code == 302
    assert replay.post("/dang-nhap/dien-thoai/ma", {"code": code}).status_code == 422


def test_a_citizen_is_no_officer(citizen):
    assert citizen.get("/dang-nhap/xac-thuc-lai").status_code == 302
    page = citizen.get("/").content.decode()
    assert "Việc của tôi" not in page


def test_lists_and_looks_are_in_the_access_log(citizen, done):
    citizen.get(MINE)
    citizen.post(MINE, {"so": done.lookup})
    text(citizen, f"/ho-so/{done.code}")
    account = Account.objects.get(officer=None).pk
    listed = Read.objects.filter(actor=f"account:{account}", kind="listed", what="mine").first()
    assert listed.dossiers == f",{done.dossier_id},"
    party = Dossier.objects.get().applicant_id
    assert Read.objects.filter(actor=f"party:{party}", kind="opened").count() == 1


def test_the_door_is_shut_where_no_messages_can_be_sent(client, world, settings):
    settings.MOTCUA_PHONE_GATEWAY = ""
    assert client.get("/dang-nhap/dien-thoai").status_code == 503
    assert MINE not in text(client, "/")


def test_what_is_no_deed_is_refused(citizen):
    assert citizen.post(SETTINGS, {"do": "x"}).status_code == 404
    assert citizen.post(SETTINGS, {"do": "unbind", "which": "9" * 40}).status_code == 302


def test_a_citizen_reads_their_sign_ins_and_ends_all_that_was_not_theirs(citizen):
    elsewhere = Client(HTTP_USER_AGENT="Máy lạ")
    sign_in(elsewhere)
    page = text(citizen, SETTINGS)
    assert "Máy lạ" in page
    assert "Đã đăng nhập (mã gửi tới điện thoại)" in page
    citizen.post(SETTINGS, {"do": "not_me"})
    assert [one.get(SETTINGS).status_code for one in (citizen, elsewhere)] == [302, 302]


def test_an_account_is_closed_by_its_owner_and_the_dossier_goes_on(citizen, done, clock):
    citizen.post(MINE, {"so": done.lookup})
    closing = SETTINGS + "/dong"
    assert faults(citizen.get(closing)) == []
    assert Account.objects.get(officer=None).is_active
    assert faults(citizen.post(closing)) == []
    assert citizen.get(MINE).status_code == 302
    forget_the_half_hour(clock)
    assert not opens(citizen, done)
    citizen.post("/tra-cuu", {"so": done.lookup, "phone": PHONE})
    assert opens(citizen, done)
    assert list(check_citizens()) == []


def test_a_stranger_closes_nothing(citizen, done):
    assert Client().post(SETTINGS + "/dong").status_code == 302
    assert Account.objects.get(officer=None).is_active
