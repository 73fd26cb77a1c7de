"""Citizens with an account: a code by message, a masked list, and what a look-up number opens."""

from __future__ import annotations

import re
import time

from tests.browser import acts
from tests.browser.test_every_page import in_english
from tests.browser.visitor import PHONE, Visitor

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


def test_an_account_lists_masked_and_opens_by_the_look_up_number(window, citizen, photo, scan):
    lookup = acts.file_postal(citizen, photo, scan)
    visitor = window(scripts=False, size=PHONE).open("/ho-so-cua-toi")
    visitor.fill("Số điện thoại di động", acts.TELEPHONE).press("Gửi mã")
    visitor.fill("Mã 6 chữ số", code_read(window(), acts.TELEPHONE)).press("Đăng nhập")
    assert visitor.heading == "Hồ sơ của tôi"
    assert lookup not in visitor.text
    assert "Hồ sơ khai số điện thoại này" in visitor.text
    visitor.fill("Số tra cứu", lookup).press("Mở hồ sơ")
    assert visitor.path == f"/ho-so/{lookup}"
    assert lookup in visitor.open("/ho-so-cua-toi").text
    assert lookup in visitor.open("/ho-so-cua-toi/tai-khoan").text
    in_english(visitor).open("/ho-so-cua-toi")
    visitor.open("/ho-so-cua-toi/tai-khoan")
    visitor.press("Remove from the account " + lookup)
    assert visitor.sees(["Removed from the account."])
