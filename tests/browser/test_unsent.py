"""What an officer types outlives the line, the tab and the session; never the signing out."""

from __future__ import annotations

import re

from tests.browser.conftest import sign_in, sign_in_anew

_FORM = "/ban/tiep-nhan/1.003633"
_BOX = "Tên doanh nghiệp"
_SAVED = re.compile("Đã lưu nháp lúc")
_MINUTE = 60_000


def begun(worker, words):
    worker.open(_FORM).fill(_BOX, words)
    worker.main.get_by_text(_SAVED).wait_for()
    return worker


def offered(worker):
    return worker.open(_FORM).sees(["Có bản nháp lúc"])


def lasting(page):
    return int(page.locator("#session-words").get_attribute("data-seconds")) * 1000


def test_a_draft_goes_on_in_another_browser_after_the_line_was_cut(window):
    first = begun(sign_in(window(), "motcua"), "Công ty Sông")
    first.page.context.set_offline(True)
    first.fill(_BOX, "Công ty Sông Hồng")
    first.page.wait_for_timeout(2_500)  # the time in which it would have been sent
    with first.page.expect_response(lambda one: one.url.endswith("/ban/nhap") and one.ok):
        first.page.context.set_offline(False)
    second = sign_in_anew(window(), "motcua")
    assert offered(second)
    assert not second.main.get_by_label(_BOX).input_value()
    second.follow("Dùng lại")
    assert second.main.get_by_label(_BOX).input_value() == "Công ty Sông Hồng"
    second.fill(_BOX, "Công ty Sông Đà")
    second.main.get_by_text(_SAVED).wait_for()
    first.page.get_by_role("button", name="Đăng xuất").click()
    first.page.wait_for_url(re.compile("dang-nhap|/$"))
    assert not offered(second)  # whoever leaves leaves nothing behind


def test_a_draft_is_dropped_for_good(window):
    worker = begun(sign_in(window(), "motcua"), "Công ty Sông Lô")
    other = worker.another_tab()
    assert offered(other)
    other.press("Bỏ bản nháp")
    assert not offered(other)
    assert not other.main.get_by_label(_BOX).input_value()


def test_a_session_is_gone_on_with_by_one_press(window):
    worker = sign_in(window(), "motcua")
    worker.page.clock.install()
    page = worker.open(_FORM).page
    page.get_by_label(_BOX).focus()
    page.clock.fast_forward(lasting(page) - 2 * _MINUTE)
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Phiên làm việc sắp hết").wait_for()
    dialog.get_by_role("button", name="Tiếp tục làm việc").press("Enter")
    dialog.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.name").startswith("fields.")
    page.clock.fast_forward(lasting(page) // 2)
    assert not dialog.is_visible()


def test_after_the_session_one_comes_back_to_the_very_page_and_the_words(window):
    worker = sign_in(window(), "motcua")
    worker.page.clock.install()
    worker.open(_FORM).fill(_BOX, "Công ty Sông Cầu")
    worker.page.context.clear_cookies()
    worker.page.clock.fast_forward(lasting(worker.page) + _MINUTE)
    button = worker.page.get_by_role("dialog").get_by_role("button", name="Đăng nhập lại")
    with worker.page.expect_navigation():
        button.click()
    sign_in(worker, "motcua")
    assert worker.path.startswith(_FORM)
    assert worker.main.get_by_label(_BOX).input_value() == "Công ty Sông Cầu"
    worker.page.get_by_role("button", name="Đăng xuất").click()
