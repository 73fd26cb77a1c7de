"""Citizens with an account: a code by message, a masked list, and what a look-up number opens."""

from __future__ import annotations

import re
import time

import pytest

from tests.browser import acts
from tests.browser.test_every_page import in_english
from tests.browser.visitor import DESKTOP, PHONE, Visitor

_MESSAGES_TAKE = 30


def code_read(reader: Visitor, number: str) -> str:
    """Give the code that was sent to a telephone, once it was carried."""
    receiver = f"84{number.replace(' ', '')[1:]}@sample"
    for _ in range(_MESSAGES_TAKE):
        found = re.search(
            rf"{receiver}\s+(\d{{6}}) là mã đăng nhập", reader.open("/sample/outbox").text
        )
        if found:
            return found[1]
        time.sleep(1)
    raise AssertionError("no message with a code came")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["390", "1366"])
def test_an_account_lists_masked_and_opens_by_the_look_up_number(
    window, citizen, photo, scan, size
):
    lookup = acts.file_postal(citizen, photo, scan)
    number = "0912 345 678" if size is PHONE else "0987 654 321"
    visitor = window(scripts=False, size=size).open("/ho-so-cua-toi")
    visitor.fill("Số điện thoại di động", number).press("Gửi mã")
    visitor.fill("Mã 6 chữ số", code_read(window(), number)).press("Đăng nhập")
    assert visitor.heading == "Hồ sơ của tôi"
    assert lookup not in visitor.text
    if size is PHONE:
        assert "Hồ sơ khai số điện thoại này" in visitor.text
        visitor.fill("Số tra cứu", lookup).press("Mở hồ sơ")
    else:  # filed with another telephone: opened where that one is asked for
        acts.look_up(visitor, lookup)
    assert visitor.path == f"/ho-so/{lookup}"
    assert lookup in visitor.open("/ho-so-cua-toi").text
    assert lookup in visitor.open("/ho-so-cua-toi/tai-khoan").text
    for path in ("/ho-so-cua-toi", "/ho-so-cua-toi/tai-khoan"):
        in_english(visitor).open(path)
    visitor.press("Remove from the account " + lookup)
    assert visitor.sees(["Removed from the account."])
