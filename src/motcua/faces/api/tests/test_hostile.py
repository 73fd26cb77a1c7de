"""Bodies that nobody means well with: a named 4xx, nothing changed, never a fault of ours."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.dossiers.models import Dossier
from motcua.faces.api.tests.conftest import error

DEEP = b'{"fields":' + b"[" * 100 + b"]" * 100 + b"}"
GOOD = {
    "procedure": "9.000001",
    "agency": "H26.12",
    "applicant": {"name": "Lê An", "phone": "0912345678"},
    "fields": {"licence": "GP 12", "expires": "2026-12-01"},
    "evidence": [{"component": "request", "originals": 1}],
}


def good(**changes) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "api.body_missing"),
        (b"{", 400, "api.not_json"),
        (b"\xef\xbb\xbf{}", 400, "api.not_json"),
        (b"\xff\xfe", 400, "api.not_utf8"),
        (b'{"a": NaN}', 400, "api.number"),
        (b'{"a": -Infinity}', 400, "api.number"),
        (b'{"a": 1.5}', 400, "api.number"),
        (b'{"a": 1e999}', 400, "api.number"),
        (b'{"a": ' + b"9" * 5000 + b"}", 400, "api.number"),
        (b'{"a": 1, "a": 2}', 400, "api.key_twice"),
        (DEEP, 400, "api.depth"),
        (b"[" * 100_000, 400, "api.depth"),
        (b"[" * 100_000 + b"]" * 100_000, 400, "api.depth"),
        (b" " * (3 * 1024 * 1024), 413, "api.body_too_large"),
    ],
)
def test_unreadable_json_is_named(api, body, status, code):
    assert error(api.post("/dossiers", body), status)["code"] == code
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (b"[]", "body", "input.type"),
        (b"null", "body", "input.type"),
        (b'"text"', "body", "input.type"),
        (b"{}", "procedure", "input.missing"),
        (good(procedure=1), "procedure", "input.type"),
        (good(procedure=["9"]), "procedure", "input.type"),
        (good(procedure=""), "procedure", "input.length"),
        (good(procedure="x" * 31), "procedure", "input.length"),
        (good(procedure="9\x00"), "procedure", "api.character"),
        (good(procedure="\ud800"), "procedure", "api.character"),
        (good(fields={"\x00": 1}), "fields.�", "api.character"),
        (good(surprise=1), "surprise", "input.unknown"),
        (good(applicant="Lê An"), "applicant", "input.type"),
        (good(applicant={"name": 7}), "applicant.name", "input.type"),
        (good(applicant={"title": "Dr"}), "applicant.title", "input.unknown"),
        (good(applicant={"kind": "robot"}), "applicant.kind", "input.choice"),
        (good(evidence={}), "evidence", "input.type"),
        (good(evidence=[7]), "evidence.0", "input.type"),
        (good(evidence=[{"component": "request", "originals": True}]),
         "evidence.0.originals", "input.type"),
        (good(evidence=[{"component": "request", "originals": -1}]),
         "evidence.0.originals", "input.range"),
        (good(evidence=[{"component": "request", "copies": 1000}]),
         "evidence.0.copies", "input.range"),
        (good(evidence=[{"component": "request"}] * 101), "evidence", "input.length"),
        (good(channel="pigeon"), "channel", "input.choice"),
        (good(take_in="yes"), "take_in", "input.type"),
        (good(fields={"licence": "GP\u0007", "expires": "2026-12-01"}), "licence",
         "text.control_character"),
        (good(fields={"licence": 12, "expires": "2026-12-01"}), "licence", "field.not_text"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named_at_its_place(api, body, field, code):
    told = error(api.post("/dossiers", body), 422)
    assert told["fields"][field]["code"] == code
    assert not Dossier.objects.exists()


def test_a_nested_form_value_is_refused(api):
    told = error(api.post("/dossiers", good(fields={"licence": {"a": 1}})), 422)
    assert told["fields"]["fields.licence"]["code"] == "input.type"


def test_a_number_spelled_with_a_zero_fraction_is_whole(api):
    body = good(evidence=[{"component": "request", "originals": 1}]).replace(b": 1}", b": 1.0}")
    assert api.post("/dossiers", body).status_code == 201


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_is_read(api, kind):
    response = api.client.post("/api/v1/dossiers", good(), kind, headers={"Idempotency-Key": "one"})
    assert error(response, 415)["code"] == "api.media_type"


def test_a_writing_request_needs_its_key(api):
    response = api.client.post("/api/v1/dossiers", good(), "application/json")
    assert error(response, 400)["code"] == "api.idempotency_key_missing"


@pytest.mark.parametrize("key", ["x" * 81, "two words", "khóa"])
def test_a_key_of_another_form_is_named(api, key):
    assert error(api.post("/dossiers", good(), key=key), 400)["code"] == "api.idempotency_key"
    assert not Dossier.objects.exists()


def test_an_unknown_address_is_answered_in_the_same_shape(api):
    for address in ("/nothing", "/dossiers/", "/", "/dossiers/a/b"):
        assert error(api.get(address), 404)["code"] == "api.no_such_address"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE"])
def test_another_method_is_told_which_to_use(api, method):
    response = api.client.generic(method, "/api/v1/dossiers")
    assert response.status_code == 405
    assert {*response["Allow"].split(", ")} == {"GET", "POST"}


def test_a_nul_in_the_address_is_refused(api):
    assert error(api.get("/procedures/9%00"), 400)["code"] == "api.character"
    assert error(api.get("/procedures?q=%00"), 400)["code"] == "api.character"


def test_a_length_that_is_no_number_is_refused(api):
    response = api.client.get("/api/v1/procedures", CONTENT_LENGTH="many")
    assert error(response, 400)["code"] == "api.request_broken"


def test_our_own_fault_is_told_without_its_inside(api, monkeypatch, caplog):
    def broken(*_args, **_options):
        raise KeyError("secret inside")

    monkeypatch.setattr("motcua.faces.api.procedures.published", broken)
    response = api.get("/procedures")
    assert error(response, 500)["code"] == "api.unexpected"
    assert "secret" not in response.content.decode()
    assert "secret inside" in caplog.text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
bounded = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@bounded
@given(name=st.sampled_from([*GOOD, "channel", "take_in", "other"]), value=json_values)
def test_no_filing_makes_us_fail(api, name, value):
    response = api.post("/dossiers", json.dumps({**GOOD, name: value}))
    assert response.status_code < 500
    if response.status_code != 201:
        error(response, response.status_code)


MOVE = ["move", "reason", "officer", "agency", "legs", "leg", "evidence", "revision"]


@bounded
@given(body=st.dictionaries(st.sampled_from(MOVE), json_values, max_size=4))
def test_no_move_makes_us_fail(api, body):
    lookup = getattr(api, "lookup", None) or api.file()["lookup"]
    api.lookup = lookup
    response = api.post(
        f"/dossiers/{lookup}/moves", json.dumps({"move": "receive", **body}), "counter"
    )
    assert response.status_code < 500
    if response.status_code != 200:
        error(response, response.status_code)


@bounded
@given(code=st.text(min_size=1, max_size=30), phone=st.text(max_size=20))
def test_no_address_makes_us_fail(api, code, phone):
    from urllib.parse import quote, urlencode

    query = urlencode({"phone": phone.encode("utf-8", "replace")})
    path = quote(code.encode("utf-8", "replace"), safe="")
    response = api.client.get(f"/api/v1/dossiers/{path}?{query}")
    assert response.status_code < 500
