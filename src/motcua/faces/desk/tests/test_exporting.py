"""Xuất: the list as a file, with its filter, its masks and its place in the log."""

from __future__ import annotations

import pytest

from motcua.core.access.models import Read
from motcua.core.exports import making
from motcua.core.exports.models import Export
from motcua.faces.desk.views import listing

PATH = "/ban/ho-so/xuat"


def test_the_list_leads_to_its_files_with_the_filter_as_it_stands(desk):
    desk.received()
    shown = desk.get("specialist", "/ban/ho-so?dang-mo=1&page=1").content.decode()
    assert f"{PATH}?dang-mo=1&amp;dang=xlsx" in shown


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfH"),
        ("csv2", "text/csv; charset=utf-8", b"\xef\xbb\xbfH"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_a_file_is_handed_down(desk, form, kind, begins):
    done = desk.received()
    answer = desk.get("specialist", f"{PATH}?dang={form}")
    body = answer.getvalue()
    assert body.startswith(begins)
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="ho-so-2026-11-02.{form[:3] if form != "xlsx" else form}"'
    )
    if form == "csv2":
        head, row = body.decode().splitlines()
        assert head.count(";") == row.count(";") == 7
        assert row.split(";")[1:4] == ["Trong hạn", done.code, "Nguyễn Trường Đạt"]
    assert Read.objects.get().kind == "exported"


def test_it_is_narrowed_and_in_the_language_of_the_page(desk):
    desk.received()
    officer = desk.as_("specialist")
    officer.cookies["language"] = "en"
    body = officer.get(f"{PATH}?dang=csv&tinh-trang=returned").getvalue().decode()
    assert "Applicant" in body
    assert body.count("\n") == 1


def test_no_other_form_and_no_stranger(desk, client):
    assert desk.get("specialist", f"{PATH}?dang=xes").status_code == 404
    assert desk.get("specialist", PATH).status_code == 404
    assert client.get(f"{PATH}?dang=csv").status_code == 302
    assert desk.as_("specialist").head(f"{PATH}?dang=csv").status_code == 405
    assert not Read.objects.exists()


def test_who_may_not_read_a_dossier_gets_none_of_it(desk):
    done = desk.received()
    assert done.lookup not in desk.get("other_head", f"{PATH}?dang=csv").getvalue().decode()


def test_a_job_makes_a_file_and_the_page_leads_to_it(desk, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    done = desk.received()
    officer = desk.as_("specialist")
    asked = officer.post(f"/ban/tep-xuat?q={done.lookup}", {"dang": "csv2", "cot": "du"})
    assert (asked.status_code, asked["Location"]) == (302, "/ban/tep-xuat")
    waiting = officer.get("/ban/tep-xuat")
    assert waiting["Refresh"]
    assert "Đang lập" in waiting.content.decode()
    row = Export.objects.get()
    assert officer.get(f"/ban/tep-xuat/{row.code}").status_code == 409
    at = row.asked_at
    making.make(row.pk, at=at, on=at.date())
    ready = officer.get("/ban/tep-xuat")
    assert "Refresh" not in ready
    assert f"/ban/tep-xuat/{row.code}" in ready.content.decode()
    file = officer.get(f"/ban/tep-xuat/{row.code}")
    assert f"{done.code};{done.lookup};".encode() in file.getvalue()
    assert "Người nộp".encode() in making.path_of(row.code).read_bytes()
    assert file["Content-Disposition"] == 'attachment; filename="ho-so-2026-11-02.csv"'
    assert desk.get("other_head", f"/ban/tep-xuat/{row.code}").status_code == 404
    assert row.code not in desk.get("other_head", "/ban/tep-xuat").content.decode()


def test_a_job_takes_no_other_form_and_no_stranger(desk, client):
    assert desk.as_("specialist").post("/ban/tep-xuat", {"dang": "pdf"}).status_code == 404
    assert client.post("/ban/tep-xuat", {"dang": "csv"}).status_code == 302
    assert not Export.objects.exists()


def test_a_long_list_leads_to_the_job_alone(desk, monkeypatch):
    desk.received()
    monkeypatch.setattr(listing, "AT_ONCE", 0)
    shown = desk.get("specialist", "/ban/ho-so?dang-mo=1").content.decode()
    assert f"{PATH}?" not in shown
    assert 'action="/ban/tep-xuat?dang-mo=1"' in shown
