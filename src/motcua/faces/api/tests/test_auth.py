"""Who gets in: keys and their scopes, sessions and their token."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test import Client

from motcua.core.accounts import keys
from motcua.core.accounts.models import ApiKey
from motcua.core.accounts.tests.doors import KEEPER, account_of, signed_in
from motcua.core.dossiers.models import Dossier
from motcua.core.now import now
from motcua.core.people.models import Account, Officer
from motcua.faces.api.tests.conftest import error


@pytest.mark.parametrize(
    "header",
    ["Bearer abc", "Bearer", "Bearer \x00", "Basic Y291bnRlcjptYXQta2hhdQ==", "counter", ""],
)
def test_a_wrong_credential_is_refused_and_named(api, header):
    for response in (
        api.get("/dossiers", Authorization=header),
        api.post("/dossiers", api.filing(), Authorization=header),
    ):
        assert error(response, 401)["code"] == "api.key_wrong"
    assert not Dossier.objects.exists()


def test_a_key_acts_as_its_officer(api):
    lookup = api.file(who="counter", channel="counter")["lookup"]
    assert api.get("/dossiers", "counter").json()["items"][0]["lookup"] == lookup


@pytest.mark.parametrize(
    ("scope", "send"),
    [
        ("read", lambda api, key: api.post("/dossiers", api.filing(), **key)),
        ("read", lambda api, key: api.post("/dossiers/X/moves", {"move": "receive"}, **key)),
        ("move", lambda api, key: api.get("/dossiers", **key)),
        ("move", lambda api, key: api.get("/worklist", **key)),
        ("sign", lambda api, key: api.get("/dossiers/X", **key)),
    ],
)
def test_a_key_does_nothing_outside_its_scopes(api, scope, send):
    assert error(send(api, api.key("counter", scope)), 403)["code"] == "api.scope_missing"


def test_a_scope_gives_no_more_than_the_posts_do(api):
    lookup = api.file()["lookup"]
    assert error(api.get(f"/dossiers/{lookup}", "police"), 404)


def test_a_revoked_key_is_out_at_once(api):
    api.get("/dossiers", "counter")
    key = ApiKey.objects.get()
    keys.revoke_key(actor=KEEPER, at=key.made_at, account=key.account, key_id=key.pk)
    assert error(api.get("/dossiers", "counter"), 401)["code"] == "api.key_wrong"


def test_an_ended_key_is_out(api):
    api.get("/dossiers", "counter")
    ApiKey.objects.update(expires_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    assert error(api.get("/dossiers", "counter"), 401)


@pytest.mark.parametrize("change", [{"is_active": False}, {"officer": None}])
def test_a_closed_account_is_out_at_once(api, change):
    api.get("/dossiers", "counter")
    Account.objects.filter(username="counter").update(**change)
    assert error(api.get("/dossiers", "counter"), 401)


def test_a_key_of_an_officer_who_left_is_out(api):
    api.get("/dossiers", "counter")
    Officer.objects.filter(account__username="counter").update(left_on="2026-01-01")
    assert error(api.get("/dossiers", "counter"), 401)


def asked(client, address="/api/v1/worklist", **headers) -> list[str]:
    """Give the statements about accounts that a request costs, the second time it is sent."""
    if connection.vendor != "sqlite":
        pytest.skip("counted where the driver tells: SQLite")
    client.get(address, **headers)
    told: list[str] = []
    connection.connection.set_trace_callback(told.append)
    assert client.get(address, **headers).status_code == 200
    connection.connection.set_trace_callback(None)
    return [one for one in told if "accounts_" in one]


def test_a_key_and_a_session_cost_one_statement_a_request_and_no_slow_hash(api, monkeypatch):
    key, browser = api.key("counter"), session(api)
    monkeypatch.setattr("django.contrib.auth.hashers.verify_password", pytest.fail)
    assert len(asked(api.client, headers=key)) == 1
    assert len(asked(browser)) == 1


def session(api) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account_of("counter", api.world.officer_id("counter")))
    return client


def test_a_session_reads(api):
    api.file()
    assert session(api).get("/api/v1/dossiers").json()["total"] == 1


def test_a_session_writes_only_with_its_token(api):
    client, sent = session(api), {"Idempotency-Key": "one"}
    refused = client.post("/api/v1/dossiers", api.filing(), "application/json", headers=sent)
    assert error(refused, 403)["code"] == "api.csrf"
    assert not Dossier.objects.exists()
    client.cookies["csrftoken"] = "a" * 32
    sent["X-CSRFToken"] = "a" * 32
    done = client.post("/api/v1/dossiers", api.filing(), "application/json", headers=sent)
    assert done.status_code == 201


def test_a_wrong_key_is_not_saved_by_a_session(api):
    response = session(api).get("/api/v1/dossiers", headers={"Authorization": "Bearer x"})
    assert error(response, 401)["code"] == "api.key_wrong"


def test_a_key_signs_only_with_that_scope(api):
    lookup = api.world.to("approve").lookup
    sent = {"move": "issue"}
    address = f"/dossiers/{lookup}/moves"
    refused = api.post(address, sent, **api.key("leader", "read", "move"))
    assert error(refused, 403)["code"] == "dossiers.proof_needed"
    assert api.post(address, sent, **api.key("leader", "move", "sign")).status_code == 200


def test_a_session_whose_proof_is_old_cannot_sign(api):
    lookup = api.world.to("approve").lookup
    account = account_of("leader", api.world.officer_id("leader"))
    old = signed_in(Client(), account, at=now() - datetime.timedelta(minutes=16))
    headers = {"Idempotency-Key": "k", "X-CSRFToken": "a" * 32}
    old.cookies["csrftoken"] = "a" * 32
    address, kind = f"/api/v1/dossiers/{lookup}/moves", "application/json"
    refused = old.post(address, {"move": "issue"}, kind, headers=headers)
    assert error(refused, 403)["code"] == "dossiers.proof_needed"
