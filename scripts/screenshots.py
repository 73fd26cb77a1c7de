"""Take pictures of the main pages: phone, laptop and wall, in both languages.

Starts a sample city of its own in a temporary folder on a free port, signs its officers in, writes
`build/screenshots/<language>/<width>/<page>.png` with an `index.html`, and stops the city again.
"""

from __future__ import annotations

import html
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tests.browser.conftest import _FLAGS, sign_in  # noqa: E402 - the tests of this tree
from tests.browser.house import House, started  # noqa: E402
from tests.browser.test_citizens import code_read  # noqa: E402
from tests.browser.visitor import Visitor  # noqa: E402
from tests.chromium import ABSENT, installed  # noqa: E402

_PATIENCE = 20
OUT = ROOT / "build" / "screenshots"
WIDTHS = {390: 844, 1366: 768, 1920: 1080}
LANGUAGES = ("vi", "en")
PORTAL = {
    "trang-chu": "/",
    "danh-muc": "/thu-tuc",
    "tim": "/thu-tuc?q=buu+chinh",
    "tim-khong-thay": "/thu-tuc?q=khong+co",
    "thu-tuc": "/thu-tuc/1.003633",
    "to-khai": "/thu-tuc/1.003633/nop",
    "tra-cuu": "/tra-cuu",
    "so-lieu": "/so-lieu",
    "so-lieu-thu-tuc": "/so-lieu?theo=thu-tuc",
    "dia-ban": "/dia-ban?q=hoa+binh",
    "tro-giup": "/tro-giup",
    "nguoi-nop": "/thu-tuc/1.003633/nop/nguoi-nop",
    "giay-to": "/thu-tuc/1.003633/nop/giay-to",
    "lay-so": "/lay-so/H26.12",
    "man-hinh-cho": "/man-hinh/H26.12",
    "thanh-phan": "/sample/components",
    "nhiem-vu": "/nhiem-vu",
    "khong-co-trang": "/khong-co-trang",
}
DESK = {
    "motcua": {
        "ban-viec": "/ban/viec",
        "ban-tiep-nhan": "/ban/tiep-nhan",
        "ban-so-theo-doi": "/ban/so-theo-doi",
        "ban-thu-phi": "/ban/thu-phi",
        "ban-nhan-giay": "/ban/tiep-nhan/1.003633",
        "ban-hang-cho": "/ban/hang-cho",
    },
    "truongphong": {
        "ban-viec-truong-phong": "/ban/viec",
        "ban-ho-so": "/ban/ho-so",
        "ban-nhom": "/ban/nhom",
        "ban-danh-muc": "/ban/danh-muc",
        "ban-quy-trinh": "/ban/danh-muc/1.003633",
        "ban-viec-don-vi": "/ban/viec-don-vi",
        "ban-phim-tat": "/ban/phim-tat",
        "ban-can-bo": "/ban/can-bo",
        "ban-co-quan": "/ban/co-quan",
        "ban-so-dang-ky": "/ban/so-dang-ky/advert_numbers",
        "ban-ban-do": "/ban/so-dang-ky/telecom_spans/ban-do?lop=telecom_sites",
        "ban-tong-hop": "/ban/so-dang-ky/telecom_spans/tong-hop?theo=street",
        "ban-so-chat-luong": "/ban/so-dang-ky/advert_numbers/chat-luong",
    },
    "quantri": {
        "ban-quan-tri": "/ban/quan-tri",
        "ban-van-hanh": "/ban/van-hanh",
        "ban-viec-nen": "/ban/van-hanh/viec-nen",
        "ban-mau-van-ban": "/ban/quan-tri/mau-van-ban",
        "ban-mau-so-01": "/ban/quan-tri/mau-van-ban/one_stop.form01",
    },
}


def main() -> int:
    """Take all pictures; give 0 once they are written."""
    with (
        tempfile.TemporaryDirectory(prefix="motcua-screenshots-") as home,
        started(Path(home)) as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_FLAGS)
        taken = list(_all(browser, house))
        browser.close()
    _index(taken)
    print(f"{len(taken)} pictures: {OUT / 'index.html'}")
    return 0


def _chromium() -> Path:
    found = installed()
    if found is None:
        raise SystemExit(ABSENT)
    return found


def _all(browser: Browser, house: House) -> Iterator[Path]:
    citizen = _window(browser, house)
    for state in ("supplement", "processing", "fee_wait", "resolved", "returned"):
        yield from _pictures(citizen, _followed(citizen, house, state))
    yield from _pictures(citizen, PORTAL | _account(citizen, house))
    for username, pages in DESK.items():
        officer = _window(browser, house)
        sign_in(officer, username)
        yield from _pictures(officer, pages | _dossier(officer, username))


def _window(browser: Browser, house: House) -> Visitor:
    context = browser.new_context(base_url=house.address, locale="vi-VN")
    context.set_default_timeout(_PATIENCE * 1000)
    return Visitor.of(context, house.address)


def _followed(citizen: Visitor, house: House, state: str) -> dict[str, str]:
    """Look a dossier in some state up, as its applicant does without an account."""
    lookup, phone = _dossiers(house)[state]
    citizen.open(f"/tra-cuu?so={lookup}").page.locator("[name=phone]").fill(phone)
    citizen.page.locator("main form button").click()
    return {f"theo-doi-{state.replace('_', '-')}": citizen.path}


def _account(citizen: Visitor, house: House) -> dict[str, str]:
    """Sign in by the telephone of an applicant who has to add papers."""
    _speak(citizen.page, LANGUAGES[0])
    lookup, phone = _dossiers(house)["supplement"]
    citizen.open("/dang-nhap/dien-thoai").fill("Số điện thoại", phone).press("Gửi mã")
    code = code_read(_other_tab(citizen), phone.replace("+84", "0"))
    citizen.fill("Mã 6 chữ số", code).press("Đăng nhập")
    citizen.open("/ho-so-cua-toi").fill("Số tra cứu", lookup).press("Mở hồ sơ")
    return {
        "ho-so-cua-toi": "/ho-so-cua-toi",
        "ai-da-xem": "/ho-so-cua-toi/ai-da-xem",
        "tai-khoan": "/ho-so-cua-toi/tai-khoan",
    }


def _other_tab(visitor: Visitor) -> Visitor:
    return Visitor(visitor.page.context.new_page(), visitor.watch)


def _dossiers(house: House) -> dict[str, tuple[str, str]]:
    """Give look-up number and telephone of a dossier in each state; the house is our own."""
    with closing(sqlite3.connect(Path(house.env["MOTCUA_HOME"]) / "motcua.sqlite3")) as database:
        return {
            state: (lookup, phone)
            for state, lookup, phone in database.execute(
                "SELECT d.state, d.lookup, p.phone FROM dossiers_dossier d"
                " JOIN people_party p ON p.id = d.applicant_id"
                " WHERE p.phone <> '' ORDER BY d.id DESC"
            )
        }


def _dossier(officer: Visitor, username: str) -> dict[str, str]:
    """Give the first dossier of an officer's list."""
    links = officer.open("/ban/ho-so?dang-mo=1").main.locator("[data-row] a.code")
    if not links.count():  # who keeps the house reads no dossier
        return {}
    return {f"ban-ho-so-{username}": f"/ban/ho-so/{links.first.inner_text()}"}


def _pictures(visitor: Visitor, pages: dict[str, str]) -> Iterator[Path]:
    for language in LANGUAGES:
        _speak(visitor.page, language)
        for name, path in pages.items():
            visitor.page.goto(path)
            for width, height in WIDTHS.items():
                visitor.page.set_viewport_size({"width": width, "height": height})
                file = OUT / language / str(width) / f"{name}.png"
                file.parent.mkdir(parents=True, exist_ok=True)
                visitor.page.screenshot(path=file, full_page=True)
                yield file


def _speak(page: Page, language: str) -> None:
    page.goto("/tra-cuu")
    button = page.locator(f"button[name=language][value={language}]")
    if button.count():
        button.click()
        page.wait_for_selector(f"html[lang={language}]")


def _index(taken: list[Path]) -> None:
    """Write a page that shows all pictures, a page of the house a row."""
    rows = []
    for name in dict.fromkeys(one.stem for one in taken):
        of_page = [one for one in taken if one.stem == name]
        cells = (
            f"<a href='{one.relative_to(OUT)}'>{one.parts[-3]} {one.parts[-2]}</a>"
            for one in of_page
        )
        rows.append(f"<li>{html.escape(name)}: {' · '.join(cells)}</li>")
    body = "\n".join(rows)
    page = f"<!doctype html><meta charset='utf-8'><title>Motcua</title><ul>{body}</ul>"
    (OUT / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
