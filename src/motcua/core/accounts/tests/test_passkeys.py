"""Passkeys: added after a challenge, used once per challenge, bound to this house and counted."""

from __future__ import annotations

import dataclasses
import datetime
import json

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.accounts import passkeys
from motcua.core.accounts.challenges import LASTS, PER_ADDRESS, ChallengeEnded, TooManyChallenges
from motcua.core.accounts.managing import close_account
from motcua.core.accounts.models import Challenge, Factor, SignIn
from motcua.core.accounts.passkeys import (
    NoPasskeysHere,
    PasskeyCopied,
    PasskeyTaken,
    PasskeyWrong,
    Place,
    add_passkey,
    place,
)
from motcua.core.accounts.proving import prove_passkey
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.tests.doors import KEEPER, account_of
from motcua.core.accounts.tests.soft_key import ORIGIN, SoftKey
from motcua.core.limits.guesses import MOST_WRONG, TooManyTries
from motcua.core.people.models import Officer

AT = datetime.datetime(2026, 11, 26, 2, tzinfo=datetime.UTC)
Purpose = Challenge.Purpose


@pytest.fixture(autouse=True)
def _address(settings):
    settings.MOTCUA_PUBLIC_ADDRESS = ORIGIN


@pytest.fixture
def account(db):
    officer = Officer.objects.create(name="Ngô An", staff_number="1")
    return account_of("can.bo", officer.pk)


def asked(purpose, account=None, at=AT):
    return passkeys.ask(purpose=purpose, account=account, sender="192.0.2.1", at=at)[0]


def add(account, key, challenge=None, at=AT):
    challenge = challenge or asked(Purpose.ENROL, account)
    answer = key.made(challenge)
    return add_passkey(
        actor=KEEPER, at=at, account=account, name="khóa", challenge=challenge, answer=answer
    )


def prove(key, challenge=None, account=None, at=AT):
    purpose = Purpose.PROVE if account else Purpose.SIGN_IN
    challenge = challenge or asked(purpose, account, at=at)
    return prove_passkey(
        challenge=challenge,
        answer=key.signed(challenge),
        sender="192.0.2.1",
        at=at,
        account_id=account.pk if account else None,
    )


@pytest.fixture
def key(account):
    soft = SoftKey()
    add(account, soft)
    return soft


def lines():
    return list(SignIn.objects.order_by("id").values_list("what", "by", "account"))


def test_a_passkey_signs_in_and_proves_again(key, account):
    assert prove(key) == account
    assert prove(key, account=account) == account
    assert Factor.objects.get().used_at == AT
    assert list(check_accounts()) == []
    assert not Challenge.objects.exists()


def test_an_account_has_several(key, account):
    other = SoftKey(b"another")
    add(account, other)
    assert passkeys.passkeys_of(account.pk).count() == 2
    assert prove(other) == prove(key) == account


def test_what_the_browser_is_told(key, account):
    _challenge, told = passkeys.ask(purpose=Purpose.ENROL, account=account, sender="x", at=AT)
    options = json.loads(json.dumps(told))["publicKey"]
    wanted = {"userVerification": "required", "residentKey": "required"}
    assert options["rp"]["id"] == "motcua.example"
    assert wanted.items() <= options["authenticatorSelection"].items()
    assert len(options["excludeCredentials"]) == 1
    _challenge, told = passkeys.ask(purpose=Purpose.SIGN_IN, account=None, sender="x", at=AT)
    assert "allowCredentials" not in told["publicKey"]
    assert told["publicKey"]["userVerification"] == "required"


def test_a_challenge_serves_once(key):
    challenge = asked(Purpose.SIGN_IN)
    prove(key, challenge)
    with pytest.raises(ChallengeEnded):
        prove(key, challenge)


def test_a_challenge_is_used_up_by_a_false_answer(key):
    challenge = asked(Purpose.SIGN_IN)
    with pytest.raises(PasskeyWrong):
        prove(dataclasses.replace(key, origin="https://motcua.example.org"), challenge)
    with pytest.raises(ChallengeEnded):
        prove(key, challenge)


def test_a_challenge_ends_and_is_swept(key):
    challenge = asked(Purpose.SIGN_IN)
    with pytest.raises(ChallengeEnded):
        prove(key, challenge, at=AT + LASTS)
    asked(Purpose.SIGN_IN, at=AT + LASTS)
    assert Challenge.objects.count() == 1


def test_a_challenge_for_one_thing_is_none_for_another(key, account):
    for challenge in (asked(Purpose.ENROL, account), asked(Purpose.PROVE, account)):
        with pytest.raises(ChallengeEnded):
            prove(key, challenge)
    with pytest.raises(ChallengeEnded):
        add(account, SoftKey(b"another"), asked(Purpose.SIGN_IN))


WRONG = {
    "another house": {"origin": "https://evil.example"},
    "unencrypted": {"origin": "http://motcua.example"},
    "a name below": {"origin": "https://x.motcua.example"},
    "another name": {"rp": "evil.example"},
    "nobody verified": {"verified": False},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_not_of_this_house_is_refused(key, account, wrong):
    with pytest.raises(PasskeyWrong):
        prove(dataclasses.replace(key, **wrong))
    with pytest.raises(PasskeyWrong):
        add(account, SoftKey(b"another", **wrong))
    assert lines() == [("failed", "passkey", account.pk)]
    assert Factor.objects.count() == 1


def test_another_private_key_is_refused(key):
    with pytest.raises(PasskeyWrong):
        prove(SoftKey(key.credential_id))


def test_an_unknown_key_is_refused_and_noted_of_nobody(key):
    with pytest.raises(PasskeyWrong):
        prove(SoftKey(b"never seen"))
    assert lines() == [("failed", "passkey", None)]


def test_the_count_goes_on_or_the_key_is_refused_as_copied(key, account):
    key.count = 7
    assert prove(key) == account
    for count in (7, 6, 0):
        key.count = count
        with pytest.raises(PasskeyCopied):
            prove(key)
    assert lines() == [("failed", "passkey_copy", account.pk)] * 3
    key.count = 8
    assert prove(key) == account


def test_a_key_belongs_to_one_account(key, account):
    with pytest.raises(PasskeyTaken):
        add(account, key)
    assert Factor.objects.count() == 1


def test_nobody_proves_anothers_session(key):
    other = account_of("leader", Officer.objects.create(name="Lê Bình", staff_number="2").pk)
    with pytest.raises(PasskeyWrong):
        prove(key, account=other)
    assert lines() == [("failed", "passkey", other.pk)]


def test_a_closed_account_is_opened_by_no_passkey(key, account):
    close_account(actor=KEEPER, at=AT, account=account)
    with pytest.raises(PasskeyWrong):
        prove(key)


def test_tries_with_false_keys_lock(key):
    false = SoftKey(key.credential_id)
    for _ in range(MOST_WRONG):
        with pytest.raises(PasskeyWrong):
            prove(false)
    with pytest.raises(TooManyTries):
        prove(key)
    assert SignIn.objects.latest("id").what == "locked"


def test_challenges_from_one_address_are_limited(db, monkeypatch):
    few = dataclasses.replace(PER_ADDRESS, most=2)
    monkeypatch.setattr("motcua.core.accounts.challenges.PER_ADDRESS", few)
    asked(Purpose.SIGN_IN)
    asked(Purpose.SIGN_IN)
    with pytest.raises(TooManyChallenges):
        asked(Purpose.SIGN_IN)


PLACES = {
    "https://motcua.example": Place("motcua.example", "https://motcua.example"),
    "https://motcua.example:8443/": Place("motcua.example", "https://motcua.example:8443"),
    "http://127.0.0.1:8000": Place("localhost", "http://localhost:8000"),
    "http://[::1]:8000": Place("localhost", "http://localhost:8000"),
    "http://localhost:8000": Place("localhost", "http://localhost:8000"),
    "http://motcua.example": None,
    "https://192.0.2.1": None,
}


@pytest.mark.parametrize(("address", "held"), PLACES.items())
def test_where_passkeys_hold(settings, address, held):
    settings.MOTCUA_PUBLIC_ADDRESS = address
    assert place() == held


def test_an_address_without_a_name_has_none(db, settings):
    settings.MOTCUA_PUBLIC_ADDRESS = "https://192.0.2.1"
    with pytest.raises(NoPasskeysHere):
        asked(Purpose.SIGN_IN)


BROKEN = ["", "[]", "null", "{}", "x" * 20_000, "[" * 10_000, '{"rawId": 1}', '{"rawId": "é"}']


@pytest.mark.parametrize("answer", BROKEN)
def test_a_broken_answer_is_refused_by_name(key, account, answer):
    challenge = asked(Purpose.SIGN_IN)
    with pytest.raises(PasskeyWrong):
        prove_passkey(challenge=challenge, answer=answer, sender="x", at=AT)
    broken = {"challenge": asked(Purpose.ENROL, account), "answer": answer}
    with pytest.raises(PasskeyWrong):
        add_passkey(actor=KEEPER, at=AT, account=account, name="x", **broken)


@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_bytes_that_are_not_what_they_say_are_refused_by_name(part, data, account):
    challenge = asked(Purpose.ENROL, account)
    answer = json.loads(SoftKey(b"fuzzed").made(challenge))
    text = answer["response"][part]
    cut = data.draw(st.integers(0, len(text) - 1))
    answer["response"][part] = text[:cut] + data.draw(st.text(max_size=40)) + text[cut + 1 :]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM limits_usage")
    try:
        made = add_passkey(
            actor=KEEPER,
            at=AT,
            account=account,
            name="x",
            challenge=challenge,
            answer=json.dumps(answer),
        )
    except PasskeyWrong:
        return
    made.delete()  # a change that changes nothing that counts
