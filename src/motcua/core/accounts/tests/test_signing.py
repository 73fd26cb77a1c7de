"""Requests signed by a program: any changed byte, an old one, secrets that change."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.accounts import keys, signing
from motcua.core.accounts.keys import NoSuchKey, holder_of
from motcua.core.accounts.models import ApiKey, KeySecret
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.signing import Signed
from motcua.core.accounts.tests.doors import KEEPER, account_of, key_for
from motcua.core.people.models import Officer

pytestmark = pytest.mark.django_db
AT = datetime.datetime(2026, 11, 2, 2, tzinfo=datetime.UTC)
SENT = Signed("POST", "/api/v1/spam-messages", b'{"text":"S (1)(2)"}', "", "")


class Partner:
    """A program with its key, and what it does with it."""

    def __init__(self) -> None:
        officer = Officer.objects.create(name="Ngô An", staff_number="1")
        self.account = account_of("gateway", officer.pk)
        self.token = key_for(self.account, "registers", at=AT)
        self.key = ApiKey.objects.get()

    def give(self, at=AT, hours=24):
        told = {"actor": KEEPER, "at": at, "account": self.account, "key_id": self.key.pk}
        return signing.give_secret(**told, overlap=datetime.timedelta(hours=hours))

    def end(self, secret_id, at=AT):
        told = {"actor": KEEPER, "at": at, "account": self.account, "key_id": self.key.pk}
        signing.end_secret(**told, secret_id=secret_id)

    def check(self, sent, at=AT):
        signing.must_be_signed(self.key.pk, sent, at)


@pytest.fixture
def partner() -> Partner:
    return Partner()


def signed(text, at=AT, sent=SENT) -> Signed:
    told = replace(sent, second=str(int(at.timestamp())))
    return replace(told, signature=f"v1={signing.signature_of(text, told)}")


def test_a_key_asks_for_signatures_once_it_has_a_secret(partner):
    assert not holder_of(partner.token, AT).signs
    made = partner.give()
    assert holder_of(partner.token, AT).signs
    partner.check(signed(made.text))
    for bare in (replace(SENT, second=None), replace(SENT, signature=None)):
        with pytest.raises(signing.SignatureMissing):
            partner.check(bare)


def test_the_signature_is_the_one_that_the_page_describes(partner):
    """Worked out with another program: openssl dgst -sha256 -hmac."""
    told = replace(SENT, second="1793584800", body=b'{"a":1}')
    assert signing.signature_of("secret", told) == (
        "6fc5c5d17ab6420dbc4e3c7c27d901f305c7156020a6e2f131496ea66622b96f"
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_changed_is_refused(partner, data):
    text = partner.__dict__.setdefault("text", None) or partner.give().text
    partner.text = text
    body = data.draw(st.binary(max_size=40))
    right = signed(text, sent=replace(SENT, body=body))
    partner.check(right)
    part = data.draw(st.sampled_from(["method", "address", "body", "second", "signature"]))
    whole = getattr(right, part)
    changed = data.draw(other_than(whole))
    with pytest.raises((signing.SignatureWrong, signing.SignatureOld)):
        partner.check(replace(right, **{part: changed}))


def other_than(whole):
    """Give texts or bytes that differ in one sign, lack one or have one more."""
    empty = b"" if isinstance(whole, bytes) else ""
    signs = (
        st.binary(min_size=1, max_size=1)
        if isinstance(whole, bytes)
        else st.sampled_from([chr(one) for one in range(33, 127)])
    )

    def at(place, sign, kept):
        return whole[:place] + sign + whole[place + kept :]

    told = st.builds(
        at, st.integers(0, len(whole)), st.one_of(signs, st.just(empty)), st.integers(0, 1)
    )
    return told.filter(lambda one: one != whole)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_what_was_signed_long_ago_or_lies_ahead_is_refused_by_name(partner, seconds):
    right = signed(partner.give().text)
    partner.check(right, AT + datetime.timedelta(seconds=300))
    partner.check(right, AT - datetime.timedelta(seconds=300))
    with pytest.raises(signing.SignatureOld):
        partner.check(right, AT + datetime.timedelta(seconds=seconds))


def test_two_secrets_are_good_while_one_is_exchanged(partner):
    old, new = partner.give(), partner.give(hours=2)
    for at, texts in ((AT, [old.text, new.text]), (AT + datetime.timedelta(hours=2), [new.text])):
        for made in (old, new):
            if made.text in texts:
                partner.check(signed(made.text, at), at)
            else:
                with pytest.raises(signing.SignatureWrong):
                    partner.check(signed(made.text, at), at)
    with pytest.raises(signing.SecretsTwo):
        partner.give()
    partner.end(old.secret.pk)
    with pytest.raises(signing.SignatureWrong):
        partner.check(signed(old.text))
    for secret_id, why in (
        (new.secret.pk, signing.LastSecret),
        (old.secret.pk, signing.NoSuchSecret),
    ):
        with pytest.raises(why):
            partner.end(secret_id)


def test_the_secret_of_another_key_signs_nothing(partner):
    made = partner.give()
    key_for(partner.account, "read", at=AT)
    other = ApiKey.objects.latest("pk")
    partner.key = other
    partner.give()
    with pytest.raises(signing.SignatureWrong):
        partner.check(signed(made.text))


def test_what_has_no_secret_to_give_or_is_gone_is_refused(partner):
    with pytest.raises(signing.OverlapTooLong):
        partner.give(hours=721)
    keys.revoke_key(actor=KEEPER, at=AT, account=partner.account, key_id=partner.key.pk)
    with pytest.raises(NoSuchKey):
        partner.give()


def test_no_secret_lies_readable_in_a_row(partner):
    made = partner.give()
    assert made.text.encode() not in bytes(KeySecret.objects.get().sealed)


BEHIND_THE_ACTS = {
    "another secret": lambda: KeySecret.objects.update(sealed=b"mine"),
    "a longer life": lambda: KeySecret.objects.filter(until__isnull=False).update(until=None),
    "no secret any more": lambda: KeySecret.objects.all().delete(),
}


@pytest.mark.parametrize("change", BEHIND_THE_ACTS)
def test_the_ledger_tells_of_secrets(partner, change):
    old = partner.give()
    partner.give()
    partner.end(old.secret.pk)
    assert list(check_accounts()) == []
    BEHIND_THE_ACTS[change]()
    assert [one.code for one in check_accounts()] == ["state.account_differs"]
    keys.revoke_key(actor=KEEPER, at=AT, account=partner.account, key_id=partner.key.pk)
    assert list(check_accounts()) == []
