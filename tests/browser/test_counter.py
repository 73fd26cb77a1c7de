"""The counter at work: by keyboard alone, a queue without names, nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from tests.browser import acts
from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE, Visitor

_FEW = 75  # keys that write nothing, for five who come to the counter
_UNTIL_CHOSEN = """async box => {
  while (!box.files.length) await new Promise(done => setTimeout(done, 50));
}"""
_WHO = "0912 345 678"


class Keys:
    """Somebody with a keyboard alone, and how many keys they pressed that write nothing."""

    def __init__(self, visitor: Visitor) -> None:
        self.page, self.pressed = visitor.page, 0

    def press(self, *names: str) -> Keys:
        """Press keys, one after the other."""
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1
        return self

    def write(self, *texts: str) -> Keys:
        """Write into the box that has the focus, and go on to the next."""
        for text in texts:
            self.page.keyboard.type(text)
            self.press("Tab")
        return self

    def go(self, name: str) -> Keys:
        """Press a key that leads to another page."""
        with self.page.expect_navigation():
            self.press(name)
        return self


@pytest.fixture
def ward(officer) -> Visitor:
    """Sit at the counter of Ba Đình ward."""
    return officer("motcua.badinh")


def test_who_came_before_is_filled_in_by_their_telephone(ward):
    ward.open("/ban/tiep-nhan/2.000815").fill_in("Người nộp", acts.APPLICANT)
    paper = {"Tên giấy tờ cần chứng thực": "Bằng", "Số trang của bản chính": "1", "Số bản sao": "1"}
    ward.fill_in("Tờ khai", paper)
    ward.group("Bản chính giấy tờ").get_by_label("Đủ").check()
    first = ward.press("Tiếp nhận hồ sơ").main.locator(".big").inner_text()
    keys = Keys(ward)
    codes = [first]
    for _ in range(5):
        ward.page.goto("/ban/tiep-nhan")
        ward.page.keyboard.type("ban sao tu ban chinh")
        keys.go("Enter")
        ward.page.keyboard.type(_WHO)
        keys.go("Enter")
        assert ward.page.get_by_label("Họ và tên, hoặc tên tổ chức").input_value()
        # the focus stands in the first box that is still empty
        keys.write("Bằng tốt nghiệp", "", "2").write("3")
        keys.press("Space").go("Control+Enter")
        codes.append(ward.main.locator(".big").inner_text())
    assert len(set(codes)) == 6
    assert keys.pressed <= _FEW


@pytest.mark.parametrize("size", [PHONE, {"width": 1366, "height": 768}])
def test_a_number_is_taken_called_and_shown(window, officer, size):
    officer("motcua").open("/ban/hang-cho")
    somebody = window(scripts=False, size=size).page  # live pages load anew under a long look
    somebody.goto("/lay-so/H26.12")
    somebody.locator("form.kiosk button").click()
    number = somebody.locator(".ticket-number").inner_text()
    counter = officer("motcua").open("/ban/hang-cho").fill("Quầy số", "3")
    counter.press("Gọi số tiếp")
    assert f"Đã gọi số {number}." in counter.text
    somebody.reload()
    assert "Mời tới quầy 3" in somebody.locator("main").inner_text()
    somebody.goto("/man-hinh/H26.12")
    assert somebody.locator("tbody tr").first.inner_text().split() == [number, "3"]
    head = officer("truongphong").follow("Thời gian chờ ở quầy")
    assert head.main.get_by_role("row").count() >= 2


def test_what_is_typed_survives_a_reload_and_goes_with_the_officer(window):
    worker = sign_in(window(), "motcua")
    worker.open("/ban/tiep-nhan/1.003633").fill("Tên doanh nghiệp", "Công ty Sông Hồng")
    worker.page.wait_for_timeout(300)
    box = worker.reload().main.get_by_label("Tên doanh nghiệp")
    assert box.input_value() == "Công ty Sông Hồng"
    assert worker.sees(["Đã khôi phục nội dung bạn đang nhập"])
    worker.page.get_by_role("button", name="Đăng xuất").click()
    worker.page.wait_for_url(re.compile("dang-nhap|/$"))
    assert worker.page.evaluate("Object.keys(sessionStorage).length") == 0


def test_without_a_connection_nothing_is_sent_and_nothing_lost(officer):
    worker = officer("motcua").open("/ban/tiep-nhan/1.003633")
    worker.fill("Tên doanh nghiệp", "Công ty Sông Hồng")
    worker.page.context.set_offline(True)
    worker.main.get_by_role("button", name="In biên nhận").click()
    assert worker.sees(["Mất kết nối"])
    worker.page.context.set_offline(False)
    assert worker.main.get_by_label("Tên doanh nghiệp").input_value() == "Công ty Sông Hồng"


def test_a_letter_is_looked_at_before_it_is_sent(citizen, officer, photo, scan):
    lookup = acts.file_postal(citizen, photo, scan)
    counter = officer("motcua").open(f"/ban/ho-so/{lookup}")
    counter.follow("Yêu cầu bổ sung trước khi tiếp nhận")
    counter.fill("Nội dung cần bổ sung", "Thiếu bản sao giấy phép")
    button = counter.main.get_by_role("button", name="Xem trước văn bản")
    with counter.page.context.expect_page() as opened:
        button.click()
    opened.value.close()
    assert counter.page.get_by_label("Nội dung cần bổ sung").input_value()


def test_a_signature_is_drawn_and_kept(officer):
    counter = officer("motcua").open("/ban/ho-so?tinh-trang=resolved")
    code = counter.main.locator("[data-row] a.code").first.inner_text()
    counter.open(f"/ban/ho-so/{code}").follow("Trả kết quả")
    counter.choose("Người nhận kết quả", "Chính người nộp")
    pad = counter.page.locator("canvas")
    pad.scroll_into_view_if_needed()
    frame = pad.bounding_box()
    counter.page.mouse.move(frame["x"] + 40, frame["y"] + 40)
    counter.page.mouse.down()
    counter.page.mouse.move(frame["x"] + 200, frame["y"] + 70, steps=6)
    counter.page.mouse.up()
    counter.page.locator("input[type=file]").evaluate(_UNTIL_CHOSEN)
    counter.press("Trả kết quả")
    counter.open(f"/ban/ho-so/{code}")
    assert counter.sees(["Ký nhận kết quả", "chính người nộp", "chu-ky.png"])
