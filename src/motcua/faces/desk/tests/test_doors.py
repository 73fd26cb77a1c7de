"""Who gets in: officers alone; what one may not see is as if it were not there."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from motcua.core.people.models import Account

PAGES = ("/ban/viec", "/ban/ho-so", "/ban/tiep-nhan", "/ban/nhom", "/ban/phieu-kiem-soat/X")


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_sign_in_and_back(desk, path):
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/dang-nhap?next={path}")


def test_who_was_signed_out_is_told_that_nothing_was_recorded(desk):
    client = Client()
    answer = client.post("/ban/phieu-kiem-soat/X", follow=True).content.decode()
    assert "Chưa có gì được ghi nhận" in answer
    assert "Chưa có gì được ghi nhận" not in client.get("/ban/viec", follow=True).content.decode()


def test_an_account_without_an_officer_is_refused(desk):
    client = Client()
    client.force_login(Account.objects.create(username="citizen"))
    answer = client.get("/ban/viec")
    assert answer.status_code == 403
    assert "desk.officers_only" in answer.content.decode()


def shown(answer, code):
    page = answer.content.decode().replace(code, "?")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)


@pytest.mark.parametrize(
    "page", ["ho-so/{}", "ho-so/{}/submit", "phieu-kiem-soat/{}", "da-nhan/{}"]
)
def test_a_dossier_one_may_not_see_looks_like_none(desk, page):
    code = desk.received().code
    there = desk.get("other_head", "/ban/" + page.format(code))
    missing = desk.get("other_head", "/ban/" + page.format("H26.12-261102-9999"))
    assert (there.status_code, missing.status_code) == (404, 404)
    assert shown(there, code) == shown(missing, "H26.12-261102-9999")


@pytest.mark.parametrize("path", ["/ban/ho-so/22222-22222", "/ban/khong-co"])
def test_a_page_that_says_no_leads_an_officer_back_to_their_work(desk, path):
    answer = desk.get("counter", path)
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert answer.status_code == 404
    assert ('href="/ban/viec"' in main, 'href="/"' in main) == (True, False)


def test_pages_of_the_desk_are_not_kept_by_the_browser(desk):
    assert "no-store" in desk.get("counter", "/ban/viec").headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "status", "leads"),
    [
        ("/ban/", 302, "/ban/viec"),
        ("/ban", 301, "/ban/"),
    ],
)
def test_the_bare_address_of_the_desk_leads_to_the_work(desk, path, status, leads):
    answer = desk.get("counter", path)
    assert (answer.status_code, answer.headers["Location"]) == (status, leads)


def test_a_move_that_no_procedure_knows_is_a_page_that_is_not_there(desk):
    assert desk.get("unit_head", f"/ban/ho-so/{desk.received().code}/khong-co").status_code == 404


def test_officers_are_sent_to_their_administrator_for_help(desk):
    assert "quản trị hệ thống của cơ quan bạn" in desk.get("counter", "/ban/viec").content.decode()
