"""One instance and one browser for the whole folder; a new window for everybody who comes."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from motcua.core.accounts.rules import code_at, step_of
from motcua.core.now import now
from motcua.site.authenticators import secret_of
from motcua.site.sample.pdf import page as pdf_page
from tests.browser.house import PASSWORD, House, started
from tests.browser.visitor import DESKTOP, PHONE, Visitor

_FLAGS = [
    *("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
_TIMEOUT = 8_000

Officers = Callable[[str], Visitor]
Windows = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: it drives Chromium."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Start Motcua with the sample city once."""
    with started(tmp_path_factory.mktemp("house")) as running:
        yield running


# By package: Playwright keeps an event loop, beside which Django lets no other test to its rows.
@pytest.fixture(scope="package")
def browser(chromium: Path) -> Iterator[Browser]:
    """Start the installed Chromium once."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield running
        running.close()


@pytest.fixture
def window(browser: Browser, house: House) -> Iterator[Windows]:
    """Open windows for people, each with cookies of its own; closed after the test."""
    opened: list[BrowserContext] = []

    def opening(
        *, scripts: bool = True, size: dict[str, int] = DESKTOP, address: str = house.address
    ) -> Visitor:
        context = browser.new_context(
            base_url=address, java_script_enabled=scripts, viewport=size, locale="de-DE"
        )
        context.set_default_timeout(_TIMEOUT)
        opened.append(context)
        return Visitor.of(context, address, scripts=scripts)

    yield opening
    for context in opened:
        context.close()


@pytest.fixture
def citizen(window: Windows) -> Visitor:
    """Give somebody with a phone, 390 px wide, in which no script runs."""
    return window(scripts=False, size=PHONE)


@pytest.fixture
def officer(window: Windows) -> Officers:
    """Give officers of the sample city, signed in, at a desk screen."""
    known: dict[str, Visitor] = {}

    def signed_in(username: str) -> Visitor:
        if username not in known:
            known[username] = sign_in(window(), username)
        return known[username]

    return signed_in


_kept: dict[str, list[Any]] = {}


def sign_in(visitor: Visitor, username: str) -> Visitor:
    """Let an officer be at their work, by the session they already have where there is one.

    A code serves once and the next comes half a minute later: tests would mostly wait for codes.
    """
    if username in _kept and "dang-nhap" not in visitor.path:
        visitor.page.context.add_cookies(_kept[username])
        if "dang-nhap" not in visitor.open("/ban/viec").path:
            return visitor
    return sign_in_anew(visitor, username)


def sign_in_anew(visitor: Visitor, username: str) -> Visitor:
    """Sign in on the pages for officers, where the visitor is led when they ask for their work."""
    try_to_sign_in(visitor, username, PASSWORD)
    assert visitor.path.startswith("/dang-nhap/xac-thuc"), f"{username}: {visitor.text}"
    visitor.fill("Mã xác thực", fresh_code(username)).press("Đăng nhập")
    assert "dang-nhap" not in visitor.path, f"{username}: {visitor.text}"
    cookies = visitor.page.context.cookies()
    _kept[username] = [one for one in cookies if one["name"] == settings.SESSION_COOKIE_NAME]
    return visitor


def try_to_sign_in(visitor: Visitor, username: str, password: str) -> Visitor:
    """Send a name and a password, whatever comes of it."""
    if "dang-nhap" not in visitor.path:
        visitor.open("/ban/viec")
    return visitor.fill("Tên đăng nhập", username).fill("Mật khẩu", password).press("Đăng nhập")


_used: dict[str, int] = {}
_SENDING_TAKES = datetime.timedelta(seconds=15)


def fresh_code(username: str) -> str:
    """Give a code that this account has not used yet, waiting for one where there is none.

    It serves until the form is sent, also when another thirty seconds begin meanwhile.
    """
    step = max(_used.get(username, 0) + 1, step_of(now() + _SENDING_TAKES) - 1)
    while step > step_of(now()) + 1:
        time.sleep(0.5)
    _used[username] = step
    return code_at(secret_of(username), step)


def mark_used(username: str) -> None:
    """Let the code of now count as used: somebody read it off a page."""
    _used[username] = step_of(now())


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Give a paper scanned as PDF."""
    path = tmp_path / "báo cáo tài chính.pdf"
    path.write_bytes(pdf_page("Bao cao"))
    return path


@pytest.fixture
def photo(tmp_path: Path, browser: Browser) -> Path:
    """Give a photo of a paper as a phone takes it: a JPEG of some megapixels."""
    path = tmp_path / "IMG_0412.jpg"
    page = browser.new_page(viewport={"width": 1500, "height": 2000})
    page.set_content("<h1>Giấy đề nghị</h1><p>Kính gửi…</p>")
    page.screenshot(path=path, type="jpeg", quality=90)
    page.close()
    return path
