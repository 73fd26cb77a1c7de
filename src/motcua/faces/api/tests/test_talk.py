"""Conversations over the API: read as far as one may, said once."""

from __future__ import annotations

import pytest

from motcua.faces.api.tests.conftest import error

PHONE = {"X-Phone": "0912345678"}


@pytest.fixture
def done(api):
    return api.world.to("appraise")


def say(api, done, kind, who=None, text="Nhà mấy tầng?", key="k", named=(), **headers):
    sent = {"kind": kind, "text": text, "named": list(named)}
    return api.post(f"/dossiers/{done.code}/talk", sent, who, key=key, **headers)


def said(api, done, who=None, **headers):
    told = api.get(f"/dossiers/{done.code}/talk", who, **headers).json()
    return [(one["kind"], one["by"], one["text"]) for one in told["said"]]


def test_it_is_asked_and_answered_once(api, done):
    first, again = (say(api, done, "question", "specialist") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert say(api, done, "answer", text="Ba tầng.", **PHONE).status_code == 201
    both = [("question", "officer", "Nhà mấy tầng?"), ("answer", "party", "Ba tầng.")]
    assert said(api, done, "specialist") == said(api, done, **PHONE) == both


def test_an_applicant_reads_of_no_note_anywhere(api, done):
    head = api.world.officer_id("unit_head")
    assert say(api, done, "note", "specialist", "Kín", named=[head]).status_code == 201
    assert said(api, done, **PHONE) == []
    told = api.get(f"/dossiers/{done.code}", None, **PHONE).json()
    assert "talk_note" not in [one["act"] for one in told["history"]]
    told = api.get(f"/dossiers/{done.code}", "specialist").json()
    assert "talk_note" in [one["act"] for one in told["history"]]


@pytest.mark.parametrize(
    ("kind", "who", "status", "code"),
    [
        ("note", "police", 404, "dossiers.not_found"),
        ("question", "counter", 403, "talks.not_yours_to_ask"),
        ("answer", "specialist", 403, "talks.not_the_applicant"),
        ("note", None, 404, "dossiers.not_found"),
    ],
)
def test_it_is_refused_by_name(api, done, kind, who, status, code):
    assert error(say(api, done, kind, who), status)["code"] == code
