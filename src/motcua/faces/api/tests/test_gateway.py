"""The gateway of 5656 and 156: what a partner hands on with its key, signed or not."""

from __future__ import annotations

import datetime
import json

import pytest

from motcua.core.accounts import signing
from motcua.core.accounts.models import ApiKey
from motcua.core.accounts.reconcile import check_accounts
from motcua.core.accounts.signing import Signed
from motcua.core.accounts.tests.doors import KEEPER, account_of, key_for
from motcua.core.dossiers.tests.sharing import shared_world, together
from motcua.core.now import now
from motcua.core.registers.models import Record
from motcua.faces.api.tests.conftest import error

SENT = {
    "message_id": "A-1",
    "to": "5656",
    "sender": "0912345678",
    "text": "LD (0387654321)(giả danh công an)",
    "received_on": "2026-11-02",
}


def hand_on(api, who="specialist", **more):
    return api.post("/spam-messages", {**SENT, **more}, who, key="")


def test_a_message_is_handed_on_once(api):
    first, again = hand_on(api), hand_on(api)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again["Idempotency-Replayed"] == "true"
    assert first.json() == again.json()
    assert first.json()["kind"] == "fraud"


def test_what_the_gateway_may_not_send(api):
    assert hand_on(api).status_code == 201
    error(hand_on(api, text="khác"), 409)
    error(hand_on(api, to="113"), 422)
    error(hand_on(api, who="counter", message_id="A-2"), 403)
    assert hand_on(api, who=None, message_id="A-3").status_code == 401


class Gateway:
    """A partner that signs what it hands on."""

    def __init__(self, api) -> None:
        self._api = api
        self.key = api.key("specialist", "registers", "read")
        key = ApiKey.objects.get()
        told = {"actor": KEEPER, "at": now(), "account": key.account, "key_id": key.pk}
        self.text = signing.give_secret(**told).text

    def signed(self, body: bytes, *, address="/api/v1/spam-messages", at=None) -> dict[str, str]:
        second = str(int((at or now()).timestamp()))
        of = Signed("POST", address, body, second, None)
        signature = f"v1={signing.signature_of(self.text, of)}"
        return {"Motcua-Timestamp": second, "Motcua-Signature": signature}

    def send(self, headers: dict[str, str], body: bytes):
        sent = {**self.key, **headers}
        address = "/api/v1/spam-messages"
        return self._api.client.post(address, body, "application/json", headers=sent)

    def hand_on(self, at=None, **more):
        body = json.dumps({**SENT, **more}).encode()
        return self.send(self.signed(body, at=at), body)


@pytest.fixture
def gateway(api) -> Gateway:
    return Gateway(api)


def test_a_signed_message_is_taken_once_and_answered_alike(gateway):
    first, again = gateway.hand_on(), gateway.hand_on()
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")


def test_what_is_not_signed_now_or_was_changed_on_the_way_is_refused_by_name(gateway):
    body = json.dumps(SENT).encode()
    headers = gateway.signed(body)
    elsewhere = gateway.signed(body, address="/api/v1/spam-messages?x=1")
    old = gateway.signed(body, at=now() - datetime.timedelta(minutes=6))
    for told, sent, code in (
        ({}, body, "accounts.signature_missing"),
        (headers, body + b" ", "accounts.signature_wrong"),
        (elsewhere, body, "accounts.signature_wrong"),
        (old, body, "accounts.signature_old"),
    ):
        assert error(gateway.send(told, sent), 401)["code"] == code
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    "more", [{"text": "S (1)(x)"}, {"sender": "0912345679"}, {"received_on": "2026-11-01"}]
)
def test_another_message_under_the_same_id_is_refused_by_name(gateway, more):
    assert gateway.hand_on().status_code == 201
    assert error(gateway.hand_on(**more), 409)["code"] == "idempotency.key_reused"


def test_an_order_to_the_list_that_was_overheard_undoes_nothing(gateway):
    gateway.hand_on(text="DK DNC", message_id="1")
    gateway.hand_on(text="HUY DNC", message_id="2")
    assert gateway.hand_on(text="DK DNC", message_id="1").status_code == 200
    row = Record.objects.get(register="do_not_call")
    assert json.loads(row.values)["no_sms"] is False


def test_a_key_with_a_secret_is_good_for_nothing_unsigned(api, gateway):
    answer = api.get("/registers", **gateway.key)
    assert error(answer, 401)["code"] == "accounts.signature_missing"


@pytest.mark.django_db(transaction=True)
def test_many_who_give_secrets_at_once_leave_two_that_are_good(transactional_db, tmp_path):
    with shared_world(tmp_path) as world:
        account = account_of("specialist", world.officer_id("specialist"))
        key_for(account, "registers")
        told = {"actor": KEEPER, "at": now(), "account": account}
        told["key_id"] = ApiKey.objects.get().pk
        answers = together(*[lambda: signing.give_secret(**told)] * 4)
        assert sum(isinstance(one, signing.SecretsTwo) for one in answers) == 2
        assert signing.good_secrets(told["key_id"], now()).count() == 2
        assert list(check_accounts()) == []
