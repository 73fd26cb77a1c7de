"""An official letter from its draft to its recipients, by four people on the desk."""

from __future__ import annotations

import io
import re
import time

from pypdf import PdfReader

from tests.browser.visitor import DESKTOP, PHONE

ABSTRACT = "đề nghị phối hợp kiểm tra hạ tầng"
WRITTEN = {
    "Trích yếu": ABSTRACT,
    "Nội dung": "Đề nghị Quý đơn vị phối hợp kiểm tra.\nTrân trọng./.",
    "Phụ lục": "# Danh sách điểm\nĐiểm | Nơi\nĐiểm mẫu 1 | Phố mẫu",
    "Kính gửi": "Doanh nghiệp Mẫu; van-thu@doanh-nghiep-mau.example",
    "Chức vụ người ký": "GIÁM ĐỐC",
    "Ký hiệu đơn vị soạn thảo": "BCVT",
}


def at_each_size(worker, path):
    for size in (PHONE, DESKTOP):
        worker.page.set_viewport_size(size)
        worker.open(path)
    return worker


def until(worker, words: str):
    """Reload until the signature is there: a job makes it."""
    for _ in range(60):
        if words in worker.reload().page.locator(".headline").inner_text():
            return worker
        time.sleep(0.5)
    raise AssertionError(worker.text)


def test_a_letter_is_drafted_reviewed_signed_issued_and_sent(officer):
    writer = at_each_size(officer("chuyenvien"), "/ban/van-ban").follow("Soạn văn bản")
    writer.select("Loại văn bản", "Công văn")
    writer.main.get_by_label("Người ký", exact=True).select_option(label="Đỗ Thị Ưởng")
    for label, text in WRITTEN.items():
        writer.page.locator("main").get_by_label(re.compile(f"^{label}")).first.fill(text)
    path = writer.press("Lưu dự thảo").path
    head = at_each_size(officer("truongphong"), path).press("Soát xét")
    assert head.sees(["Đã soát xét"])
    officer("giamdoc").open(path).press("Ký văn bản")
    clerk = until(officer("vanthu").open(path), "Đã ký, chờ phát hành")
    clerk.press("Cấp số và phát hành")
    until(clerk, "Đã phát hành").press("Gửi thư điện tử đến nơi nhận")
    assert clerk.sees(["01/SKHCN-BCVT"])
    at_each_size(clerk, path)
    at_each_size(clerk, f"{path}/chu-ky")
    assert clerk.sees(["Tệp nguyên vẹn, đủ hai chữ ký số, theo đúng thứ tự."])
    clerk.open(path)
    pdf = PdfReader(io.BytesIO(clerk.paper("Mở tệp đã ký")))
    assert "01/SKHCN-BCVT" in str([one.get("/V") for one in (pdf.get_fields() or {}).values()])
    assert ABSTRACT in " ".join(pdf.pages[0].extract_text().split())
