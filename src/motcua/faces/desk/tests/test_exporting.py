"""Xuất: the list as a file, with its filter, its masks and its place in the log."""

from __future__ import annotations

import pytest

from motcua.core.access.models import Read

PATH = "/ban/ho-so/xuat"


def test_the_list_leads_to_its_files_with_the_filter_as_it_stands(desk):
    desk.received()
    shown = desk.get("specialist", "/ban/ho-so?dang-mo=1&page=1").content.decode()
    assert f"{PATH}?dang-mo=1&amp;dang=xlsx" in shown


@pytest.mark.parametrize(
    ("form", "kind", "begins"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfM"),
        ("csv2", "text/csv; charset=utf-8", b"\xef\xbb\xbfM"),
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
        assert f"{done.code};{done.lookup};".encode() in body
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
