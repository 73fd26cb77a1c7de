"""The officers' menu on a phone: with scripts and without, by finger and by keyboard."""

from __future__ import annotations

import pytest

from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_of_a_phone_opens_names_the_page_and_leads_on(window, scripts):
    worker = sign_in(window(scripts=scripts, size=PHONE), "motcua")
    worker.open("/ban/viec")
    summary = worker.page.locator(".rail.menu summary")
    assert "Việc của tôi" in summary.inner_text()
    menu = worker.page.get_by_role("navigation", name="Chính")
    assert menu.count() == 1
    assert not menu.get_by_role("link", name="Tiếp nhận").is_visible()
    summary.click()
    assert menu.locator("[aria-current=page]").inner_text().strip() == "Việc của tôi"
    if scripts:
        menu.get_by_role("link", name="Tiếp nhận").focus()
        worker.page.keyboard.press("Escape")
        assert worker.path.startswith("/ban/viec")
        assert summary.evaluate("one => one === document.activeElement")
        assert not menu.get_by_role("link", name="Tiếp nhận").is_visible()
        summary.press("Enter")
    worker.follow("Tiếp nhận", within=menu)
    assert worker.heading == "Tiếp nhận"
