"""Exports over the API: the list of the caller as a file; masks hold in every answer."""

from __future__ import annotations

import csv
import io

import pytest

from motcua.core.access.models import Read
from motcua.core.people.models import Party
from motcua.faces.api.tests.conftest import error

PATH = "/exports/dossiers"


def rows(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"), newline="")))


def test_it_holds_what_the_list_holds(api):
    first = api.file()
    api.file()
    assert len(rows(api.get(PATH, "counter"))) == 2
    assert [one["lookup"] for one in rows(api.get(f"{PATH}?q={first['lookup']}", "counter"))] == [
        first["lookup"]
    ]
    assert rows(api.get(PATH, "other_head")) == []
    assert api.get(f"{PATH}?format=xlsx", "counter").getvalue().startswith(b"PK")
    assert Read.objects.filter(kind="exported").count() == 3


def test_a_key_needs_the_scope_export(api):
    told = error(api.get(PATH, **api.key("counter", "read")), 403)
    assert told["code"] == "api.scope_missing"
    assert rows(api.get(PATH, **api.key("counter", "export"))) == []
    assert error(api.get(PATH), 401)["code"] == "api.sign_in"


@pytest.mark.parametrize("query", ["format=xes", "separator=tab", "page=1"])
def test_a_wrong_wish_is_named(api, query):
    error(api.get(f"{PATH}?{query}", "counter"), 422)


def test_what_differs_behind_the_mask_alone_is_answered_alike(api):
    """Lists, dossiers, exports, counts and their headers: two databases that differ in secret."""
    given = {"name": "Nguyễn Trường Đạt", "phone": "0912 345 678", "address": "12 ngõ 106"}
    lookup = api.file(applicant=given)["lookup"]
    paths = [
        f"/dossiers/{lookup}",
        "/dossiers",
        *(f"/dossiers?q={words}" for words in ("nguyen", "truong dat", "khac")),
        *(f"{PATH}?q={words}" for words in ("", "nguyen", "truong dat", "khac")),
    ]
    before = [_told(api, path) for path in paths]
    Party.objects.update(
        name="Ngô Thị Hoàn Toàn Khác",
        phone="+84912999999",
        phone_as_given="0912999999",
        address="Nơi khác",
    )
    for path, told in zip(paths, before, strict=True):
        assert _told(api, path) == told, path
    assert "Ng***" in before[1][2]
    assert "Ng***" in before[5][2]


def _told(api, path: str) -> tuple[int, str | None, str]:
    answer = api.get(path, "leader")
    body = answer.getvalue() if answer.streaming else answer.content
    return answer.status_code, answer.headers.get("ETag"), body.decode()
