"""Codes to telephones: guessed, replayed, carried to another browser, asked for too often."""

from __future__ import annotations

import datetime
import json
import re

import pytest

from motcua.core.accounts import phones
from motcua.core.accounts.models import PhoneCode, SignIn
from motcua.core.exchange.models import Message
from motcua.core.exchange.sealed import SealBroken, unseal
from motcua.core.limits.guesses import MOST_WRONG, TooManyTries

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)
PHONE, OTHER = "+84912345678", "+84987654321"


def later(**length):
    return AT + datetime.timedelta(**length)


def send(phone=PHONE, at=AT, sender="192.0.2.1"):
    return phones.send_code(phone=phone, sender=sender, at=at)


def sent(phone=PHONE):
    """Give the code of the latest message to a telephone."""
    message = Message.objects.filter(receiver=f"phone:{phone[1:]}").latest("id")
    payload = message.payload
    assert not re.search(r"\b\d{6}\b", payload)
    return re.match(r"\d{6}", unseal(json.loads(payload)["sealed"])).group()


def prove(token, code, *, phone=PHONE, at=AT):
    phones.prove_phone(phone=phone, token=token, code=code, sender="192.0.2.1", at=at)


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_code_proves_the_telephone_once():
    token, code = send(), sent()
    prove(token, f" {code[:3]} {code[3:]} ")
    with pytest.raises(phones.PhoneCodeWrong):
        prove(token, code)


def test_neither_telephone_nor_code_is_kept_readable():
    send()
    kept = PhoneCode.objects.values().get()
    told = repr({**kept, "token_hash": bytes(kept["token_hash"])})
    assert "912345678" not in told
    assert sent().encode() not in bytes(kept["code_hash"])


def test_a_code_lasts_five_minutes():
    token, code = send(), sent()
    with pytest.raises(phones.PhoneCodeWrong):
        prove(token, code, at=AT + phones.LASTS)
    prove(token, code, at=later(seconds=299))


def test_after_five_tries_even_the_right_code_is_wrong():
    token, code = send(), sent()
    for _ in range(phones.MOST_TRIES):
        with pytest.raises(phones.PhoneCodeWrong):
            prove(token, wrong(code))
    with pytest.raises(phones.PhoneCodeWrong):
        prove(token, code)


def test_another_browser_or_telephone_makes_nothing_of_a_code():
    token, code = send(), sent()
    elsewhere = send(OTHER)
    for there, phone in ((elsewhere, PHONE), (token, OTHER), ("", PHONE)):
        with pytest.raises(phones.PhoneCodeWrong):
            prove(there, code, phone=phone)


def test_fresh_codes_do_not_give_fresh_guesses():
    told = []
    for again in range(2):
        token = send(at=later(minutes=2 * again))
        for _ in range(phones.MOST_TRIES):
            with pytest.raises((phones.PhoneCodeWrong, TooManyTries)) as refused:
                prove(token, wrong(sent()), at=later(minutes=2 * again))
            told.append(refused.type)
    assert told == [phones.PhoneCodeWrong] * MOST_WRONG + [TooManyTries] * 2
    assert SignIn.objects.filter(by="phone", what="locked").count() == 2


OTHER_END = phones.Purpose("report", "Mã", "{code} ({minutes})")
PURPOSES = [(phones.SIGN_IN, OTHER_END), (OTHER_END, phones.SIGN_IN)]


@pytest.mark.parametrize(("one", "other"), PURPOSES)
def test_a_lock_of_one_purpose_neither_locks_nor_opens_the_other(one, other):
    told = {"phone": PHONE, "sender": "192.0.2.1"}

    def tries(purpose, at, *, right):
        token = phones.send_code(**told, at=at, purpose=purpose)
        code = sent() if right else wrong(sent())
        phones.prove_phone(**told, token=token, code=code, at=at, purpose=purpose)

    def lock(purpose, minutes):
        for again in range(MOST_WRONG):
            with pytest.raises(phones.PhoneCodeWrong):
                tries(purpose, later(minutes=minutes, seconds=40 * again), right=False)

    def allow(rate):
        return phones.Rate(rate.name, 100, rate.seconds)

    with pytest.MonkeyPatch.context() as patched:
        for name in ("PER_PHONE", "AGAIN"):
            patched.setattr(phones, name, allow(getattr(phones, name)))
        lock(one, 0)
        for purpose in (
            other,
            other,
        ):  # the other is open, and being right there opens nothing here
            tries(purpose, later(minutes=6), right=True)
            with pytest.raises(TooManyTries):
                tries(one, later(minutes=6), right=True)
    kinds = set(SignIn.objects.filter(by="phone").values_list("what", flat=True))
    assert kinds == ({"failed", "locked"} if one is phones.SIGN_IN else set())


@pytest.mark.parametrize(("one", "other"), PURPOSES)
def test_a_code_serves_its_purpose_and_codes_are_counted_by_it(one, other):
    told = {"phone": PHONE, "sender": "192.0.2.1", "at": AT}
    token = phones.send_code(**told, purpose=one)
    with pytest.raises(phones.PhoneCodeWrong):
        phones.prove_phone(**told, token=token, code=sent(), purpose=other)
    with pytest.raises(phones.TooManyCodes):
        phones.send_code(**told, purpose=one)
    phones.send_code(**told, purpose=other)


def test_another_code_is_sent_after_a_wait_and_five_an_hour():
    send()
    with pytest.raises(phones.TooManyCodes):
        send(at=later(seconds=5))
    for again in range(1, phones.PER_PHONE.most):
        send(at=later(minutes=2 * again))
    with pytest.raises(phones.TooManyCodes) as refused:
        send(at=later(minutes=20))
    assert refused.value.details["seconds"] > 60
    assert Message.objects.count() == phones.PER_PHONE.most


def test_one_address_cannot_send_to_the_whole_city():
    for number in range(phones.PER_ADDRESS.most):
        send(f"+849123{number:05}")
    with pytest.raises(phones.TooManyCodes):
        send()
    send(sender="192.0.2.2")


def test_codes_that_ended_are_swept():
    send()
    send(at=later(minutes=6))
    assert PhoneCode.objects.count() == 1


@pytest.mark.parametrize("typed", ["0912 345 678", "+84912345678", "84 912.345.678"])
def test_a_telephone_has_one_spelling(typed):
    assert phones.mobile(typed) == PHONE


@pytest.mark.parametrize("typed", ["024 3825 1234", "1022", "+1 202 555 0123"])
def test_codes_go_to_mobiles_of_this_country(typed):
    with pytest.raises(phones.NotMobile):
        phones.mobile(typed)


def test_without_a_gateway_no_code_is_sent(settings):
    settings.MOTCUA_PHONE_GATEWAY = ""
    with pytest.raises(phones.NoGateway):
        send()
    assert not Message.objects.exists()


@pytest.mark.parametrize("sealed", ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"])
def test_words_that_were_changed_do_not_open(sealed):
    with pytest.raises(SealBroken):
        unseal(sealed)
