"""An edition of the catalogue from an officer's form over a head's signature to the public page."""

from __future__ import annotations

from tests.browser.conftest import fresh_code
from tests.browser.test_every_page import in_english

KEY = "2.001885"
DRAFT = f"/ban/danh-muc/{KEY}"
WIDTHS = (390, 1366, 1920)


def at_every_width(visitor, path):
    for width in WIDTHS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.open(path)


def test_a_gap_is_closed_signed_and_published(officer, citizen):
    citizen.open(f"/thu-tuc/{KEY}")
    assert citizen.sees(["Chưa công bố: còn 1 thông tin chưa được xác nhận", "Phí, lệ phí"])
    clerk = officer("chuyenvien").open(DRAFT)
    clerk.press("Soạn bản mới")
    at_every_width(clerk, f"{DRAFT}/ban-soan")
    at_every_width(in_english(clerk), f"{DRAFT}/ban-soan")
    in_vietnamese(clerk).open(f"{DRAFT}/ban-soan")
    fees = clerk.page.get_by_role("region", name="Phí, lệ phí", exact=True)
    fees.get_by_label("Nguồn").fill("Nghị quyết 7/2026/NQ-HĐND")
    fees.get_by_label("Đã đọc trong văn bản nêu ở trên").check()
    clerk.press("Lưu bản soạn")
    clerk.press("Trình người đứng đầu")
    assert clerk.sees(["Người soạn không tự quyết định bản của mình"])
    head = officer("truongphong")
    at_every_width(head, f"{DRAFT}/ban-soan")
    assert head.sees(["Nghị quyết 7/2026/NQ-HĐND", "Ký công bố", "Trả lại người soạn"])
    head.fill("Số, ký hiệu văn bản công bố", "9/QĐ-UBND")
    if head.page.get_by_label("Mã xác thực").count():
        head.fill("Mã xác thực", fresh_code("truongphong"))
    head.press("Ký công bố")
    citizen.open(f"/thu-tuc/{KEY}")
    assert citizen.sees(["9/QĐ-UBND", "Không"])
    assert "Chưa công bố" not in citizen.text


def in_vietnamese(visitor):
    visitor.open("/").page.get_by_role("button", name="Tiếng Việt").click()
    visitor.page.wait_for_selector("html[lang=vi]")
    return visitor
