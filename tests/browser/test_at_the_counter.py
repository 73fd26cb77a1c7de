"""A morning at a ward's counter, on a phone and at a desk screen: number, papers, result.

The citizen takes a number, the counter calls it and takes the papers in; the head of the ward signs
what came in, after a look at it; the citizen signs for the result.
"""

from __future__ import annotations

import re
import time

import pytest

from tests.browser import acts
from tests.browser.conftest import fresh_code, sign_in
from tests.browser.visitor import DESKTOP, PHONE, Visitor

WARD = "H26.101"
PAPER = {
    "Tên giấy tờ cần chứng thực": "Bằng tốt nghiệp đại học",
    "Số trang của bản chính": "2",
    "Số bản sao": "3",
}
SECTIONS = {
    "Doanh nghiệp": acts.ENTERPRISE,
    "Giấy phép đã cấp": acts.LICENCE,
    "Dịch vụ đề nghị cấp lại": acts.SERVICES,
}
_A_MINUTE = 60
_SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])


def by_menu(worker: Visitor, name: str) -> Visitor:
    """Go to a page by the menu, which folds away on a phone."""
    folded = worker.page.locator(".rail.menu summary")
    if folded.is_visible():
        folded.click()
    menu = worker.page.get_by_role("navigation", name="Chính").filter(visible=True)
    return worker.follow(name, within=menu)


def call_a_number(worker: Visitor, somebody: Visitor) -> None:
    """Call whoever waits, and go on to what they came for."""
    somebody.open(f"/lay-so/{WARD}").press("Lấy số")
    number = somebody.main.locator(".ticket-number").inner_text()
    by_menu(worker, "Hàng chờ quầy").fill("Quầy số", "1").press("Gọi số tiếp")
    assert worker.sees([f"Đã gọi số {number}.", "Đang phục vụ số"])
    worker.follow("Tiếp nhận", within=worker.main)


def take_in(worker: Visitor) -> str:
    """Take in what is done while the citizen waits, for which there is no receipt."""
    worker.follow("Chứng thực bản sao", within=worker.main)
    worker.fill_in("Người nộp", acts.APPLICANT).fill_in("Tờ khai", PAPER)
    worker.group("Bản chính giấy tờ").get_by_label("Đủ").check()
    return worker.press("Tiếp nhận hồ sơ").main.locator(".big").inner_text()


def draw_a_name(worker: Visitor) -> None:
    """Sign on the pad with a finger or a pen."""
    pad = worker.page.locator("canvas")
    pad.scroll_into_view_if_needed()
    frame = pad.bounding_box()
    assert frame is not None
    assert frame["width"] >= 250  # room for a name, also on a phone
    worker.page.mouse.move(frame["x"] + 40, frame["y"] + 40)
    worker.page.mouse.down()
    worker.page.mouse.move(frame["x"] + 180, frame["y"] + 70, steps=6)
    worker.page.mouse.up()
    worker.page.wait_for_function("() => document.querySelector('input[type=file]').files.length")


def sign_for_the_ward(head: Visitor, code: str) -> None:
    """From the board to what waits for a signature, into the dossier and back, and sign it."""
    by_menu(head, "Bàn điều hành")
    assert head.sees(["Chờ ký", "Chưa giao ai"])
    by_menu(head, "Chờ tôi ký").follow(code)
    assert head.sees(["Bằng tốt nghiệp đại học", "Nguyễn Trường Đạt"])
    head.back().main.get_by_label(f"Ký hồ sơ {code}", exact=True).check()
    proof = head.main.get_by_label(re.compile("[Mm]ã xác thực"))
    if proof.count():
        proof.fill(fresh_code("chutich.badinh"))
    head.press("Ký các hồ sơ đã chọn")
    assert head.main.locator("#outcomes + ul").inner_text().split() == [f"{code}:", "Đã", "ký"]


@_SIZES
def test_a_citizen_is_called_taken_in_signed_for_and_given_the_result(window, citizen, size):
    worker = sign_in(window(size=size), "motcua.badinh")
    call_a_number(worker, window(scripts=False, size=PHONE))
    code = take_in(worker)

    sign_for_the_ward(sign_in(window(size=size), "chutich.badinh"), code)

    worker.open(f"/ban/ho-so/{code}").follow("Trả kết quả")
    worker.choose("Người nhận kết quả", "Chính người nộp")
    draw_a_name(worker)
    worker.press("Trả kết quả")
    assert worker.open(f"/ban/ho-so/{code}").sees(["Ký nhận kết quả", "chu-ky.png"])
    assert acts.look_up(citizen, code).sees(["Đã trả kết quả"])


@_SIZES
def test_a_long_form_is_taken_in_within_a_minute_and_gives_its_receipt(window, size):
    worker = sign_in(window(size=size), "motcua")
    began = time.monotonic()
    by_menu(worker, "Tiếp nhận").follow("Cấp lại GP BC hết hạn", within=worker.main)
    worker.fill_in("Người nộp", acts.APPLICANT)
    for section, answers in SECTIONS.items():
        worker.fill_in(section, answers)
    worker.choose("Phạm vi cung ứng dịch vụ", "Liên tỉnh")
    for paper in ("Giấy đề nghị cấp lại", "Báo cáo tài chính"):
        worker.group(paper).get_by_label("Đủ").check()
    worker.press("In biên nhận")
    assert worker.heading == "Đã tiếp nhận hồ sơ"
    assert worker.paper("In biên nhận").startswith(b"%PDF-")
    assert time.monotonic() - began < _A_MINUTE
