"""A letter of the city: a fault is mended, pages are looked at, papers of then stay as they are."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from tests.browser.conftest import fresh_code
from tests.browser.test_every_page import in_english
from tests.browser.visitor import DESKTOP, PHONE

LETTER = "/ban/quan-tri/mau-van-ban/one_stop.form05"
_WORDS = "Phiếu theo mẫu riêng của thành phố"


def at_each_size(worker, path):
    for size in (PHONE, DESKTOP):
        worker.page.set_viewport_size(size)
        worker.open(path)
    return worker


def slip_of(reader, position: int) -> str:
    """Ask for the control slip of a dossier and give its words."""
    reader.open("/ban/ho-so?dang-mo=1")
    reader.follow(reader.main.locator("[data-row] a.code").nth(position).inner_text())
    reader.follow("Phiếu kiểm soát").press("Lập bản in (PDF) của phiếu")
    pdf = PdfReader(io.BytesIO(reader.paper("Mở văn bản")))
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_a_template_is_mended_looked_at_and_published(officer):
    head = officer("truongphong")
    assert _WORDS not in slip_of(head, 0)
    keeper = officer("quantri").open("/ban/quan-tri").follow("Mẫu văn bản")
    at_each_size(keeper, keeper.path)
    keeper.follow("Mẫu 05: Phiếu kiểm soát quá trình giải quyết hồ sơ")
    at_each_size(keeper, LETTER)
    keeper.press("Soạn bản mới")
    there = keeper.page.get_by_label("Mẫu (Typst)").input_value()
    text = there.replace(
        "#title(d.letter.name)", f"#title(d.letter.name)\n#align(center)[{_WORDS}]"
    )
    keeper.page.get_by_label("Mẫu (Typst)").fill(text.replace("#code-line(d)", "#cde-line(d)"))
    keeper.press("Lưu bản soạn")
    assert keeper.sees(["Không có tên “cde-line”", "#cde-line(d)"])
    at_each_size(keeper, f"{LETTER}/ban-soan")
    keeper.page.get_by_label("Mẫu (Typst)").fill(text)
    keeper.press("Lưu và xem trên giấy")
    drawn = "all => all.every(one => one.complete && one.naturalWidth > 400)"
    keeper.page.wait_for_load_state("networkidle")
    assert keeper.page.locator(".paper-pages img").evaluate_all(drawn)
    at_each_size(keeper, keeper.path)
    keeper.open(f"{LETTER}/ban-soan").press("Lưu và kiểm tra")
    assert keeper.sees(["Đủ các phần bắt buộc", _WORDS])
    assert "Chưa đạt" not in keeper.text
    keeper.fill("Số, ký hiệu văn bản công bố", "15/QĐ-UBND")
    if keeper.page.get_by_label("Mã xác thực").count():
        keeper.fill("Mã xác thực", fresh_code("quantri"))
    keeper.press("Công bố bản này")
    assert keeper.sees(["Đã công bố bản 1", "15/QĐ-UBND"])
    at_each_size(in_english(keeper), LETTER)
    assert _WORDS in slip_of(head, 1)
    assert _WORDS not in slip_of(head, 0)


@pytest.mark.parametrize("path", ["", "/one_stop.form01", "/one_stop.form06/xem"])
def test_the_pages_of_templates_hold_in_english(officer, path):
    keeper = in_english(officer("quantri"))
    at_each_size(keeper, f"/ban/quan-tri/mau-van-ban{path}")
    assert keeper.page.locator("html").get_attribute("lang") == "en"
