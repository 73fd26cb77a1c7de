"""The book over the API: what it tells, to whom, and asking for it as a file."""

from __future__ import annotations

import pytest
from django.utils.timezone import localtime

from motcua.core.access.models import Read
from motcua.core.exports.models import Export
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one
from motcua.core.now import now
from motcua.faces.api.tests.conftest import error

PATH = "/daybook"


def received(api) -> dict:
    lookup = api.file()["lookup"]
    answer = api.move(lookup, "counter", "receive")
    assert answer.status_code == 200, answer.content
    return answer.json()


def book(api, who="counter", query="") -> dict:
    answer = api.get(f"{PATH}{query}", who)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_line_tells_what_was_recorded(api):
    done = received(api)
    api.file()  # not received: it has no line
    told = book(api)
    (line,) = told["items"]
    assert (told["total"], told["page"], told["pages"], told["page_size"]) == (1, 1, 1, 20)
    assert (line["number"], line["volume"], line["code"]) == (1, 1, done["code"])
    assert line["year"] == localtime().year
    assert line["applicant_name"] == "Nguyễn Trường Đạt"
    assert line["phone"] == "0912 345 678"
    assert line["lead"]["code"] == "H26.12"
    assert line["received_at"] == line["passed_at"]
    assert (line["returned_at"], line["way"], line["hangs_on"], line["remarks"]) == (
        None,
        "",
        None,
        [],
    )
    assert Read.objects.filter(what="daybook", count=1).exists()


def test_masks_and_rows_are_those_of_the_list(api):
    received(api)
    (line,) = book(api, "leader", "?agency=H26.12")["items"]
    assert (line["applicant_name"], line["phone"]) == ("Ng***", "091***")
    assert book(api, "other_head", "?agency=H26.12")["items"] == []
    assert book(api, "leader")["total"] == 0  # their own agency received nothing


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?since=2026-02-02&until=2026-02-01", 422, "daybook.period"),
        ("?since=1999-01-01", 422, "daybook.period"),
        ("?agency=H26.99", 404, "agencies.unknown"),
    ],
)
def test_a_wrong_wish_is_named(api, query, status, code):
    assert error(api.get(f"{PATH}{query}", "counter"), status)["code"] == code


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("?since=yesterday", "since", "input.wrong"),
        ("?since=2026-02-30", "since", "input.wrong"),
        ("?until=1767225600", "until", "input.wrong"),
        ("?from=2026-01-01", "from", "input.unknown"),
    ],
)
def test_a_wrong_member_of_a_wish_is_named(api, query, field, code):
    told = error(api.get(f"{PATH}{query}", "counter"), 422)
    assert {name: one["code"] for name, one in told["fields"].items()} == {field: code}


def test_strangers_and_keys_without_the_scope_are_refused(api):
    assert error(api.get(PATH), 401)["code"] == "api.sign_in"
    assert error(api.get(PATH, **api.key("counter", "export")), 403)["code"] == "api.scope_missing"


def test_it_is_asked_for_as_a_file(api, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    discover()
    received(api)
    asked = api.post("/exports?daybook=true&format=pdf", None, "counter")
    assert asked.status_code == 202, asked.content
    Job.objects.exclude(kind="exports.make").update(state="done")
    while run_one("w", now()):
        pass
    told = api.get(asked["Location"].removeprefix("/api/v1"), "counter").json()
    assert (told["state"], told["format"], told["written"]) == ("ready", "pdf", 1)
    file = api.get(told["file"].removeprefix("/api/v1"), "counter")
    assert file["Content-Type"] == "application/pdf"
    assert file.getvalue().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("format=pdf", "exports.book_alone"),
        ("daybook=true&format=xes", "exports.not_of_a_book"),
        ("daybook=true&state=processing", "exports.filter_of_another"),
        ("since=2026-01-01", "exports.filter_of_another"),
    ],
)
def test_what_says_nothing_about_the_wish_is_refused(api, query, code):
    assert error(api.post(f"/exports?{query}", None, "counter"), 422)["code"] == code
    assert not Export.objects.exists()
