"""An officer with a passkey in real Chromium: added, signed in with, proven again, removed."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE

_DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
_ADD, _ENTER = "Thêm khóa truy cập", "Đăng nhập bằng khóa truy cập"


@pytest.fixture
def by_name(house):
    """Give the address under which passkeys hold here: by name, as `localhost`."""
    return f"http://localhost:{urlsplit(house.address).port}"


@pytest.fixture
def device(window, by_name):
    """Give somebody whose machine has a place for passkeys, which opens to its owner's finger."""

    def given():
        visitor = window(address=by_name)
        session = visitor.page.context.new_cdp_session(visitor.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": _DEVICE})
        return visitor

    return given


def press(visitor, words, path):
    """Press a button whose script talks to the device first; wait for where it leads."""
    visitor.main.get_by_role("button", name=words, exact=True).click()
    visitor.page.wait_for_url(lambda url: urlsplit(url).path == path)
    return visitor


def test_a_passkey_is_added_signs_in_and_proves_again(device):
    visitor = sign_in(device(), "vanthu.tp").open("/ban/tai-khoan")
    visitor.fill("Tên khóa truy cập", "Máy ở bàn")
    visitor.main.get_by_role("button", name=_ADD, exact=True).click()
    visitor.page.get_by_text("Đã thêm khóa truy cập.").wait_for()
    assert "Máy ở bàn · Khóa truy cập" in visitor.text
    press(visitor.press("Đăng xuất mọi nơi").open("/dang-nhap"), _ENTER, "/ban/viec")
    visitor.open("/dang-nhap/xac-thuc-lai?next=/ban/tai-khoan")
    press(visitor, "Xác thực bằng khóa truy cập", "/ban/tai-khoan")
    for told in ("Đã đăng nhập (khóa truy cập)", "Xác thực lại (khóa truy cập)"):
        assert told in visitor.text
    visitor.main.get_by_role("listitem").filter(has_text="Máy ở bàn").get_by_role("button").click()
    visitor.page.get_by_text("Đã gỡ yếu tố xác thực.").wait_for()


def test_a_device_without_a_passkey_says_so(device):
    visitor = device().open("/dang-nhap")
    told = visitor.page.get_by_text("Không dùng được khóa truy cập")
    assert not told.is_visible()
    visitor.main.get_by_role("button", name=_ENTER, exact=True).click()
    told.wait_for()
    assert visitor.path == "/dang-nhap"


def test_no_dead_button_without_script_or_at_another_address(window, by_name):
    for visitor in (window(scripts=False, size=PHONE, address=by_name), window()):
        visitor.open("/dang-nhap")
        assert not visitor.main.get_by_role("button", name=_ENTER).is_visible()
