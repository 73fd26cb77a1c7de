"""A citizen's report: with their number confirmed by a code, or taken as it is."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from motcua.core.accounts import phones
from motcua.core.accounts.models import SignIn
from motcua.core.dossiers import answers
from motcua.core.exchange.models import Message
from motcua.core.exchange.sealed import unseal
from motcua.core.limits.rules import Rate
from motcua.core.now import now
from motcua.core.registers.models import Record
from motcua.faces.ui.tests.pages import faults
from motcua.systems.antispam.tests.test_pages import REPORT, browser, text

PAGE = "/bao-tin-rac"
FORM = {**REPORT, "key": "one"}
__all__ = ["browser"]


def sent() -> str:
    """Give the whole of the last message that went to a telephone."""
    return unseal(
        json.loads(Message.objects.filter(channel="notice").latest("id").payload)["sealed"]
    )


def code() -> str:
    return re.match(r"\d{6}", sent()).group()


def kept() -> list[bool]:
    rows = Record.objects.filter(register="spam_reports").order_by("pk")
    return [bool(answers.read(row.values)["confirmed"]) for row in rows]


@pytest.fixture
def citizen(desk, browser, monkeypatch) -> Client:
    monkeypatch.setattr(phones, "AGAIN", Rate("test.again", 100, 30))
    return Client()


def test_a_number_is_confirmed_by_the_code_that_was_sent_to_it(citizen):
    asked = citizen.post(PAGE, {**FORM, "do": "code"})
    assert (asked.status_code, faults(asked)) == (200, [])
    assert kept() == []
    assert "phản ánh tin rác" in sent()
    assert "Mã đã gửi tới số của bạn" in text(asked)
    assert "Đã nhận phản ánh" in text(citizen.post(PAGE, {**FORM, "code": code()}))
    assert kept() == [True]
    assert "Đã nhận phản ánh" in text(citizen.post(PAGE, FORM))  # pressed once more
    assert kept() == [True]


def test_without_a_code_a_report_is_taken_as_of_nobody_known(citizen):
    citizen.post(PAGE, {**FORM, "do": "code"})
    assert citizen.post(PAGE, {**FORM, "code": ""}).status_code == 200
    assert kept() == [False]


def test_a_wrong_code_or_one_of_another_number_takes_nothing(citizen):
    citizen.post(PAGE, {**FORM, "do": "code"})
    right = code()
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for told in ({"code": wrong}, {"code": right, "sender": "0912345679"}):
        answer = citizen.post(PAGE, {**FORM, **told})
        assert (answer.status_code, kept()) == (422, [])
    assert Client().post(PAGE, {**FORM, "code": right}).status_code == 422
    assert citizen.post(PAGE, {**FORM, "code": right}).status_code == 200
    assert kept() == [True]


def test_wrong_codes_of_reports_keep_nobody_from_signing_in(citizen):
    told = {"phone": "+84912345678", "sender": "127.0.0.1", "at": now()}
    for _ in range(2):
        citizen.post(PAGE, {**FORM, "do": "code"})
        wrong = f"{(int(code()) + 1) % 10**6:06}"
        for _ in range(phones.MOST_TRIES):
            answer = citizen.post(PAGE, {**FORM, "code": wrong})
    assert "quá nhiều lần" in text(answer)
    token = phones.send_code(**told)
    phones.prove_phone(**told, token=token, code=code())
    assert not SignIn.objects.filter(what__in=["failed", "locked"]).exists()


@pytest.mark.parametrize("more", [{"source": ""}, {"sender": "02438251234"}, {"sender": "x"}])
def test_no_code_is_sent_for_what_is_no_report_or_no_mobile_number(citizen, more):
    assert citizen.post(PAGE, {**FORM, **more, "do": "code"}).status_code == 422
    assert not Message.objects.exists()


def test_codes_are_sent_only_so_often(desk, browser):
    client = Client()
    assert client.post(PAGE, {**FORM, "do": "code"}).status_code == 200
    again = client.post(PAGE, {**FORM, "do": "code"})
    assert again.status_code == 422
    assert "hãy đợi" in text(again)
    assert Message.objects.count() == 1


def test_without_a_gateway_no_code_is_offered(citizen, settings):
    settings.MOTCUA_PHONE_GATEWAY = ""
    assert "Xác nhận số của tôi" not in text(citizen.get(PAGE))
    assert citizen.post(PAGE, FORM).status_code == 200


def test_it_speaks_english(citizen):
    citizen.cookies["language"] = "en"
    assert "Confirm my number by a code" in text(citizen.get(PAGE))
