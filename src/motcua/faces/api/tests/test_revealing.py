"""A masked value over the API: for a purpose, within a scope, and never unseen."""

from __future__ import annotations

import json

import pytest

from motcua.core.access import log
from motcua.core.access.models import Read
from motcua.faces.api.tests.conftest import error

PHONE = "0912345678"
NUMBER = "001190000345"


@pytest.fixture
def lookup(api) -> str:
    given = {"name": "Nguyễn Trường Đạt", "phone": PHONE, "number": NUMBER}
    return api.file(applicant=given)["lookup"]


def ask(api, lookup, who="leader", *, field="applicant.phone", purpose="Gọi bổ sung", **more):
    return api.post(f"/dossiers/{lookup}/reveal", {"field": field, "purpose": purpose}, who, **more)


def test_a_masked_value_is_answered_and_the_look_is_kept(api, lookup):
    assert "applicant.phone" in api.get(f"/dossiers/{lookup}", "leader").json()["masked"]
    answer = ask(api, lookup)
    assert answer.status_code == 200
    assert answer.json() == {"field": "applicant.phone", "value": PHONE}
    row = Read.objects.get(kind="revealed")
    assert (row.what, row.actor) == ("applicant.phone", api.world.officers["leader"].key)
    assert json.loads(row.said)["purpose"] == "Gọi bổ sung"


@pytest.mark.parametrize(
    ("who", "changes", "status", "code"),
    [
        ("leader", {"purpose": "  "}, 422, "access.purpose_missing"),
        ("leader", {"field": "applicant.number"}, 403, "access.not_revealed"),
        ("leader", {"field": "applicant.shoe"}, 404, "access.nothing_to_reveal"),
        ("police", {}, 404, "dossiers.not_found"),
        (None, {}, 401, "api.sign_in"),
    ],
)
def test_what_is_not_for_them_is_refused_and_no_look(api, lookup, who, changes, status, code):
    assert error(ask(api, lookup, who, **changes), status)["code"] == code
    assert not Read.objects.filter(kind="revealed").exists()


def test_those_who_deal_with_it_see_the_number_too(api, lookup):
    assert ask(api, lookup, "counter", field="applicant.number").json()["value"] == NUMBER


def test_a_key_needs_the_scope_reveal(api, lookup):
    refused = ask(api, lookup, None, **api.key("leader", "read"))
    assert error(refused, 403)["code"] == "api.scope_missing"


def test_what_can_not_be_logged_is_not_shown(api, lookup, monkeypatch):
    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(log, "_insert", broken)
    answer = ask(api, lookup)
    assert error(answer, 503)["code"] == "access.log_unwritable"
    assert PHONE not in answer.content.decode()
