"""Every page keeps the laws of the house's pages, in both languages."""

from __future__ import annotations

import pytest

from motcua.faces.portal.tests import walking
from motcua.faces.portal.tests.conftest import POSTAL
from motcua.faces.ui.tests.pages import faults

OPEN = (
    "/",
    "/thu-tuc",
    "/thu-tuc?q=khong-co-gi-ca",
    f"/thu-tuc/{POSTAL}",
    f"/thu-tuc/{POSTAL}/nop/noi-nhan",
    f"/thu-tuc/{POSTAL}/nop/nguoi-nop",
    f"/thu-tuc/{POSTAL}/nop/noi-dung-enterprise",
    f"/thu-tuc/{POSTAL}/nop/giay-to",
    "/tra-cuu",
    "/dang-nhap",
    "/khong-co-trang-nay",
    "/thu-tuc/9.999999",
)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("url", OPEN)
def test_a_page_is_whole(world, client, url, language):
    client.cookies["language"] = language
    page = client.get(url)
    assert faults(page) == []
    assert f'<html lang="{language}"' in page.content.decode()


@pytest.mark.parametrize("part", ["noi-nhan", "nguoi-nop", "noi-dung-licence", "giay-to"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_form_with_errors_is_whole(world, client, language, part):
    client.cookies["language"] = language
    page = client.post(f"/thu-tuc/{POSTAL}/nop/{part}")
    assert (page.status_code, faults(page)) == (422, [])
    assert b"<title>" + {"vi": "Lỗi:", "en": "Error:"}[language].encode() in page.content


def test_the_pages_of_a_draft_are_whole(full, client, clock):
    walking.fill(client, POSTAL, full)
    for place in ("", "/giay-to", "/kiem-tra"):
        page = client.get(f"/thu-tuc/{POSTAL}/nop{place}")
        assert (page.status_code, faults(page)) == (200, [])
    for url in ("/", f"/thu-tuc/{POSTAL}"):
        page = client.get(url)
        assert faults(page) == []
        assert "Làm tiếp" in page.content.decode()


def test_the_citizen_pages_are_whole(world, full, client, clock):
    filed = walking.file(client, POSTAL, full)
    tracking = filed["Location"].replace("/da-nop/", "/ho-so/")
    for url in (filed["Location"], tracking, f"{tracking}/rut"):
        assert faults(client.get(url)) == []


def test_sample_data_is_named_on_every_page(world, client, settings):
    settings.MOTCUA_SAMPLE = True
    assert "Dữ liệu mẫu" in client.get("/").content.decode()
    settings.MOTCUA_SAMPLE = False
    assert "Dữ liệu mẫu" not in client.get("/").content.decode()


def test_the_language_switch_keeps_the_page(world, client):
    answer = client.post("/ngon-ngu", {"language": "en", "next": "/thu-tuc?q=buu"})
    assert answer["Location"] == "/thu-tuc?q=buu"
    assert '<html lang="en"' in client.get("/thu-tuc?q=buu").content.decode()


def test_the_language_switch_leads_nowhere_else(world, client):
    answer = client.post("/ngon-ngu", {"language": "en", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_the_language_switch_keeps_what_was_typed(form, client, clock):
    sent = {**form, "language": "en"}
    page = client.post(
        f"/thu-tuc/{POSTAL}/nop/noi-dung-enterprise", sent, follow=True
    ).content.decode()
    assert '<html lang="en"' in page
    assert "Công ty TNHH Bưu chính Sông Hồng" in page
    assert "Name of the enterprise" in page
