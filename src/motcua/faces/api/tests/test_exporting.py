"""Exports over the API: the list of the caller as a file; masks hold in every answer."""

from __future__ import annotations

import csv
import io

import pytest

from motcua.core.access.models import Read
from motcua.core.jobs.models import Job
from motcua.core.jobs.registry import discover
from motcua.core.jobs.worker import run_one
from motcua.core.now import now
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


def asked(api, query: str = "", who: str = "counter"):
    return api.client.post(f"/api/v1/exports{query}", headers=api.key(who))


def done(settings, tmp_path) -> None:
    settings.MOTCUA_FILES = tmp_path
    discover()
    Job.objects.exclude(kind="exports.make").update(state="done")
    while run_one("w", now()):
        pass


def test_a_job_makes_it_and_the_resource_tells_how_far_it_is(api, settings, tmp_path):
    first = api.file()
    answer = asked(api, "?format=csv")
    told = answer.json()
    assert (answer.status_code, told["state"], told["file"]) == (202, "making", None)
    where = answer.headers["Location"].removeprefix("/api/v1")
    assert error(api.get(f"{where}/file", "counter"), 409)["code"] == "exports.not_ready"
    assert asked(api, "?format=csv").json()["export"] == told["export"]
    done(settings, tmp_path)
    ready = api.get(where, "counter").json()
    assert (ready["state"], ready["written"], ready["expected"]) == ("ready", 1, 1)
    file = api.get(ready["file"].removeprefix("/api/v1"), "counter")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert [one["lookup"] for one in rows(file)] == [first["lookup"]]


def test_nobody_else_finds_it(api, settings, tmp_path):
    where = asked(api).headers["Location"].removeprefix("/api/v1")
    done(settings, tmp_path)
    for address in (where, f"{where}/file", f"/exports/{'0' * 32}"):
        assert error(api.get(address, "specialist"), 404)["code"] == "exports.not_found"
        assert error(api.get(address), 401)["code"] == "api.sign_in"
        assert error(api.get(address, **api.key("counter", "read")), 403)
    assert error(api.client.post("/api/v1/exports"), 401)["code"] == "api.sign_in"


@pytest.mark.parametrize("form", ["xlsx", "parquet", "xes"])
def test_it_comes_in_every_format(api, settings, tmp_path, form):
    api.file()
    where = asked(api, f"?format={form}").headers["Location"].removeprefix("/api/v1")
    done(settings, tmp_path)
    body = api.get(f"{where}/file", "counter").getvalue()
    assert body.startswith({"xlsx": b"PK", "parquet": b"PAR1", "xes": b"<?xml"}[form])


@pytest.mark.parametrize("query", ["format=pdf", "separator=tab", "page=1"])
def test_a_wrong_wish_of_a_job_is_named(api, query):
    error(asked(api, f"?{query}"), 422)
