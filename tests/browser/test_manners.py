"""How the pages behave when people do what people do: forget, double-click, keep old tabs open."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import acts
from tests.browser.conftest import sign_in, try_to_sign_in


@pytest.fixture
def lookup(citizen, photo, scan) -> str:
    """File a postal licence online."""
    return acts.file_postal(citizen, photo, scan)


def test_who_is_not_signed_in_comes_back_to_where_they_wanted(window):
    stranger = window().open("/ban/ho-so?q=song+hong")
    assert stranger.path.startswith("/dang-nhap")
    sign_in(stranger, "motcua")
    assert stranger.path == "/ban/ho-so?q=song+hong"


def test_a_wrong_password_is_named(window):
    stranger = try_to_sign_in(window(), "motcua", "sai-mat-khau")
    assert stranger.page.title().startswith("Lỗi: ")
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in stranger.text
    assert stranger.page.get_by_label("Tên đăng nhập").input_value() == "motcua"


def test_who_signs_out_is_out(officer):
    leaving = officer("vanthu.tp")
    leaving.page.get_by_role("button", name="Đăng xuất").click()
    assert leaving.open("/ban/viec").path.startswith("/dang-nhap")


def test_a_stale_page_shows_what_changed_and_leads_to_the_fresh_one(lookup, officer):
    counter = officer("motcua").open("/ban/tiep-nhan")
    counter.follow("Tiếp nhận hồ sơ", counter.row(lookup))
    other = counter.another_tab()
    other.press("Tiếp nhận hồ sơ")
    counter.press("Tiếp nhận hồ sơ")
    assert counter.heading == "Hồ sơ đã có người xử lý"
    assert counter.sees(["Khi bạn mở", "Không có gì bạn đã nhập bị mất"])
    counter.follow("Bỏ thao tác này, mở hồ sơ")
    assert "/ban/ho-so/" in counter.path


def test_a_double_click_files_once(citizen, photo, scan, officer):
    counter = officer("motcua").open("/ban/tiep-nhan")
    before = counter.main.get_by_role("row").count()
    acts.fill_postal(citizen, photo, scan)
    citizen.main.get_by_role("button", name="Nộp hồ sơ").dblclick(no_wait_after=True)
    # The second click breaks the first one's navigation off, which waiting for it would report.
    expect(citizen.page).to_have_url(re.compile("/da-nop/"), timeout=30_000)
    assert counter.reload().row(acts.number_on(citizen)).count()
    assert counter.main.get_by_role("row").count() == before + 1


@pytest.mark.parametrize("path", ["/thu-tuc?q=buu+chinh", "/thu-tuc/1.003633", "/tra-cuu?so=ABC"])
def test_the_language_switch_keeps_the_page(citizen, path):
    citizen.open(path).page.get_by_role("button", name="English").click()
    assert citizen.path == path
    assert citizen.page.locator("html").get_attribute("lang") == "en"


def test_the_language_switch_keeps_what_was_typed(citizen):
    citizen.open("/thu-tuc/1.003633/nop/nguoi-nop").answer(acts.APPLICANT)
    citizen.page.get_by_role("button", name="English").click()
    assert citizen.page.get_by_label("Full name").input_value() == "Nguyễn Trường Đạt"


def test_the_language_switch_keeps_what_was_chosen(citizen, scan):
    citizen.open("/thu-tuc/1.003633/nop/giay-to").attach("Báo cáo tài chính", scan)
    citizen.page.get_by_role("button", name="English").click()
    assert scan.name in citizen.text


@pytest.mark.parametrize(("number", "telephone"), [("22222-22222", "0912345678"), ("", "")])
def test_a_number_that_does_not_match_is_told_kindly(citizen, number, telephone):
    acts.look_up(citizen, number, telephone)
    assert citizen.sees(["Không tìm thấy hồ sơ khớp với cả số tra cứu (hoặc mã) và số điện thoại"])


def test_an_address_that_is_none_says_so(citizen):
    citizen.open("/thu-tuc/9.999999")
    assert citizen.heading == "Không tìm thấy"


def test_the_back_button_loses_nothing_that_was_typed(citizen, photo, scan):
    acts.fill_postal(citizen, photo, scan).back()
    assert photo.name in citizen.text
    citizen.back()
    [(label, typed)] = acts.SERVICES.items()
    assert citizen.main.get_by_label(label).input_value() == typed


def test_what_was_said_can_be_changed_before_it_is_sent(citizen, photo, scan):
    acts.fill_postal(citizen, photo, scan).follow("Sửa: Doanh nghiệp")
    citizen.answer({"Tên doanh nghiệp": "Công ty Bưu chính Sông Đà"}).press(acts.NEXT)
    assert citizen.heading == "Kiểm tra lại trước khi nộp"
    assert citizen.sees(["Công ty Bưu chính Sông Đà", photo.name, scan.name])
