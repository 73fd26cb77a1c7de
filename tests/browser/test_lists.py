"""Lists in hand: sorted by a column, filtered by the address, kept by the way back, given out."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from motcua.kernel.vietnamese import name_key
from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE

LISTS = ["/ban/ho-so?dang-mo=1", "/ban/viec-don-vi?loai="]


def shown(page: Page, label: str) -> list[str]:
    """Give a column as it stands on the page."""
    cells = page.locator(f'[data-row] td[data-label="{label}"]')
    return [cell.get_attribute("title") or "" for cell in cells.all()]


def codes(page: Page) -> list[str]:
    return page.locator("[data-row] a.code").all_inner_texts()


@pytest.mark.parametrize("path", LISTS)
def test_a_head_of_a_column_sorts_by_ten_and_the_way_back_undoes_it(officer, path):
    page = officer("truongphong").open(path).page
    before = codes(page)
    page.locator("#by-ten").click()
    expect(page).to_have_url(re.compile("sap-xep=ten"))
    expect(page.locator('th[aria-sort="ascending"]')).to_have_text("Người nộp")
    names = shown(page, "Người nộp")
    assert len(names) > 12
    assert names == sorted(names, key=name_key)
    after = codes(page)
    page.locator("[data-row] a.code").nth(1).click()
    page.wait_for_load_state()
    page.go_back()
    expect(page.locator('th[aria-sort="ascending"]')).to_have_text("Người nộp")
    assert codes(page) == after
    page.go_back()
    expect(page.locator("[data-row] a.code").first).to_have_text(before[0])
    assert codes(page) == before


@pytest.mark.parametrize("path", LISTS)
def test_what_goes_out_is_what_stands_there(officer, path):
    page = officer("truongphong").open(f"{path}&sap-xep=ten").page
    with page.expect_download() as given:
        page.get_by_role("link", name="CSV, dấu chấm phẩy").click()
    raw = given.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")  # by it a spreadsheet shows the accents
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [row["Mã hồ sơ"] for row in rows][: len(codes(page))] == codes(page)
    assert [row["Người nộp"] for row in rows][:5] == shown(page, "Người nộp")[:5]


def test_a_list_holds_twelve_rows_of_one_line(officer):
    page = officer("truongphong").open("/ban/ho-so?tinh-trang=").page
    bottoms = page.locator("[data-row]").evaluate_all(
        "all => all.filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"
    )
    assert bottoms >= 12


def test_work_is_chosen_in_the_list_by_keys(officer):
    page = officer("truongphong").open("/ban/ho-so?dang-mo=1").page
    page.evaluate("() => document.activeElement.blur()")
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(page.locator("#count")).to_have_text("Đã chọn 3")
    with page.expect_navigation():
        page.keyboard.press("p")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 việc")


def test_a_filter_of_the_list_is_saved(officer):
    reader = officer("truongphong").open("/ban/ho-so?dang-mo=1&sap-xep=ten")
    reader.page.get_by_text("Bộ lọc đã lưu").click()
    reader.fill("Tên cho bộ lọc đang mở", "Theo tên").press("Lưu bộ lọc")
    assert reader.path == "/ban/ho-so?dang-mo=1&sap-xep=ten"
    reader.open("/ban/ho-so").page.get_by_text(re.compile("Bộ lọc đã lưu")).click()
    reader.follow("Theo tên")
    assert reader.path == "/ban/ho-so?dang-mo=1&sap-xep=ten"
    reader.page.get_by_text(re.compile("Bộ lọc đã lưu")).click()
    reader.press("Xóa Theo tên")
    assert reader.page.get_by_role("link", name="Theo tên").count() == 0


def test_the_list_works_on_a_phone_without_scripts(window):
    head = sign_in(window(scripts=False, size=PHONE), "truongphong").open("/ban/ho-so?dang-mo=1")
    code = head.page.locator("[data-row] a.code").first.inner_text()
    head.page.get_by_label(f"Chọn {code}", exact=True).check()
    head.press("Phiếu kiểm soát").press("Lập phiếu kiểm soát")
    assert head.sees(["1 xong", code])
    head.open("/ban/ho-so").page.get_by_text("Lọc và sắp xếp").click()
    head.select("Sắp xếp", "Tên người nộp").press("Lọc")
    assert "sap-xep=ten" in head.path
