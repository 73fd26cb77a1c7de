"""Signing in as officers do: two factors, wrong codes, a lock, and the code before a signature."""

from __future__ import annotations

from motcua.core.limits.guesses import MOST_WRONG
from tests.browser.conftest import fresh_code, mark_used, sign_in_anew
from tests.browser.house import PASSWORD
from tests.browser.visitor import PHONE


def test_a_code_is_read_off_the_sample_page_and_opens_the_work(window):
    visitor = window(scripts=False, size=PHONE).open("/ban/viec")
    visitor.fill("Tên đăng nhập", "vanthu.tp").fill("Mật khẩu", PASSWORD).press("Đăng nhập")
    assert visitor.heading == "Xác thực bước hai"
    shown = window().open("/sample/outbox").row("vanthu.tp").locator("code").first.inner_text()
    mark_used("vanthu.tp")
    visitor.fill("Mã xác thực", shown).press("Đăng nhập")
    assert visitor.path == "/ban/viec"


def test_wrong_codes_lock_the_account_and_a_keeper_unlocks_it(window, house):
    visitor = window(scripts=False)
    visitor.open("/ban/viec")
    visitor.fill("Tên đăng nhập", "chuyenvien.tp").fill("Mật khẩu", PASSWORD).press("Đăng nhập")
    for _ in range(MOST_WRONG):
        visitor.fill("Mã xác thực", "000000").press("Đăng nhập")
        assert "Mã xác thực chưa đúng" in visitor.text
    visitor.fill("Mã xác thực", fresh_code("chuyenvien.tp")).press("Đăng nhập")
    assert "Hãy đợi" in visitor.text
    assert house.motcua("accounts", "unlock", "chuyenvien.tp").returncode == 0
    visitor.fill("Mã xác thực", fresh_code("chuyenvien.tp")).press("Đăng nhập")
    assert visitor.path == "/ban/viec"


def test_signing_out_everywhere_ends_the_other_browser(window):
    here, there = sign_in_anew(window(), "truongphong.tp"), sign_in_anew(window(), "truongphong.tp")
    here.open("/ban/tai-khoan").press("Đăng xuất mọi nơi")
    assert there.open("/ban/viec").path.startswith("/dang-nhap")
