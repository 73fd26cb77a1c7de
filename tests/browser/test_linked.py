"""One form, two linked dossiers opened by a real worker, and a complaint by the applicant."""

from __future__ import annotations

import re

from tests.browser import acts
from tests.browser.test_every_page import in_english

CHILD = {
    "Họ, chữ đệm, tên trẻ": "Trần Thị Bình Minh",
    "Ngày sinh": "20/10/2026",
    "Nơi sinh": "Bệnh viện Phụ sản Hà Nội",
}
COPIES = {"Số điện thoại liên hệ": acts.TELEPHONE, "Số bản sao": "3"}


def file_birth(citizen, photo, scan):
    """File the linked birth registration; give the look-up number."""
    citizen.open("/thu-tuc/9.000033").follow("Bắt đầu nộp hồ sơ")
    citizen.select("Cơ quan tiếp nhận", "Ủy ban nhân dân phường Ba Đình").press(acts.NEXT)
    citizen.answer(acts.APPLICANT).press(acts.NEXT)
    citizen.answer(CHILD).choose("Giới tính", "Nữ").press(acts.NEXT)
    citizen.fill("Họ tên mẹ", "Trần Thị Thử").press(acts.NEXT).answer(COPIES).press(acts.NEXT)
    citizen.attach("Giấy chứng sinh", photo).attach("Hộ chiếu/Thẻ căn cước", scan)
    citizen.press(acts.NEXT).press("Nộp hồ sơ")
    return acts.number_on(citizen)


def test_parts_open_by_themselves_and_the_applicant_complains(citizen, officer, photo, scan):
    lookup = file_birth(citizen, photo, scan)
    counter = officer("motcua.badinh").open(f"/ban/ho-so/{lookup}")
    counter.follow("Tiếp nhận, mở hồ sơ liên thông").press("Tiếp nhận, mở hồ sơ liên thông")
    counter.open(f"/ban/ho-so/{lookup}").until_there("Thủ tục đăng ký khai sinh")
    assert "còn chờ kết quả liên thông" in counter.page.content()
    counter.follow("Thủ tục đăng ký khai sinh")
    assert "Thuộc hồ sơ" in counter.text

    citizen.open(f"/ho-so/{lookup}").follow("Thủ tục đăng ký khai sinh")
    citizen.open(f"/ho-so/{lookup}").follow("Khiếu nại, phản ánh về hồ sơ này")
    citizen.follow("Phản ánh, kiến nghị về việc giải quyết hồ sơ").press("Gửi đơn")
    assert "Nội dung phản ánh" in citizen.text  # what is missing is told
    citizen.fill("Nội dung phản ánh", "Phải chờ một giờ.")
    citizen.choose("Phản ánh về", "Giải quyết chậm")
    citizen.press("Gửi đơn")
    number = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", citizen.text.split("Số tra cứu của đơn")[1])
    assert number is not None
    citizen.open(f"/ho-so/{number[0]}")
    assert "Phản ánh, kiến nghị" in citizen.heading

    leader = officer("chutich.badinh").open(f"/ban/ho-so/{number[0]}")
    leader.follow("Tiếp nhận phản ánh")
    answer = counter.page.context.request.get(f"/ban/ho-so/{number[0]}")
    assert answer.status == 403  # the counter received what it is about
    in_english(citizen).open(f"/ho-so/{lookup}/khieu-nai")
    citizen.open(f"/ho-so/{lookup}/khieu-nai/9.000032")
