"""Who gets in, and what a password costs."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from motcua.core.dossiers.models import Dossier
from motcua.core.people.models import Account
from motcua.faces.api import passwords
from motcua.faces.api.tests.conftest import PASSWORD, basic, error
from motcua.faces.api.wrong import PasswordWrong

AT = datetime.datetime(2026, 11, 23, 2, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "header",
    [
        basic("counter", "wrong")["Authorization"],
        basic("nobody")["Authorization"],
        basic("counter\x00")["Authorization"],
        "Basic ///",
        "Basic Y291bnRlcg==",
        "Bearer abc",
        "",
    ],
)
def test_a_wrong_credential_is_refused_and_named(api, header):
    for response in (
        api.get("/dossiers", Authorization=header),
        api.post("/dossiers", api.filing(), Authorization=header),
    ):
        assert error(response, 401)["code"] == "api.password_wrong"
    assert not Dossier.objects.exists()


@pytest.fixture
def hashes(monkeypatch):
    """Count how often the slow hash is paid."""
    paid = []
    check = Account.check_password
    monkeypatch.setattr(
        Account, "check_password", lambda self, raw: (paid.append(raw), check(self, raw))[1]
    )
    return paid


def verify(password=PASSWORD, *, at=AT):
    return passwords.verified("counter", password, sender="127.0.0.1", at=at)


def test_the_slow_hash_is_paid_once_in_five_minutes(api, hashes):
    verify()
    verify(at=AT + datetime.timedelta(minutes=4))
    assert len(hashes) == 1
    verify(at=AT + datetime.timedelta(minutes=5))
    assert len(hashes) == 2


def test_a_wrong_password_is_never_remembered(api, hashes):
    for _ in range(2):
        with pytest.raises(PasswordWrong):
            verify("wrong")
    assert hashes == ["wrong", "wrong"]


def test_a_changed_password_takes_effect_at_once(api):
    verify()
    account = Account.objects.get(username="counter")
    account.set_password("another one")
    account.save()
    with pytest.raises(PasswordWrong):
        verify()


@pytest.mark.parametrize("change", [{"is_active": False}, {"officer": None}])
def test_a_closed_account_is_out_at_once(api, change):
    verify()
    Account.objects.filter(username="counter").update(**change)
    with pytest.raises(PasswordWrong):
        verify()


def test_guessing_passwords_is_slowed_down(api):
    for number in range(8):
        api.get("/dossiers", Authorization=basic("counter", f"guess {number}")["Authorization"])
    assert error(api.get("/dossiers", "counter"), 429)["code"] == "ui.too_many_tries"


def session(api) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Account.objects.get(username="counter"))
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


def test_a_wrong_password_is_not_saved_by_a_session(api):
    response = session(api).get("/api/v1/dossiers", headers=basic("counter", "wrong"))
    assert error(response, 401)["code"] == "api.password_wrong"
