"""The officers’ queue: a screen of rows, keys alone, state in the address, undo, no script needed.

UX §8 checks 7, 8 and 9 (undo).
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acts
from tests.browser.conftest import sign_in
from tests.browser.visitor import PHONE

UNIT = "/ban/viec-don-vi?loai="
_ROWS = """() => [...document.querySelectorAll('[data-row]')].map(row => {
  const box = row.getBoundingClientRect();
  return {height: box.height, shown: box.bottom <= window.innerHeight};
})"""
_FOCUS = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  return node !== document.body && style.outlineStyle !== 'none';
}"""
_GREY = """() => [...document.querySelectorAll('tr[data-row]')].map(row => ({
  mood: row.className,
  icon: row.querySelector('.chip use').getAttribute('href').split('#')[1],
  words: row.querySelector('.chip').textContent.trim(),
  edge: getComputedStyle(row.firstElementChild).boxShadow.replace(/[a-z]+\\([^)]*\\)/g, ''),
}))"""


_COMPOSING = """() => document.dispatchEvent(
  new KeyboardEvent('keydown', {key: 'j', isComposing: true}))"""


class Fingers:
    """Somebody who works by keys alone; every key counts, and the focus is always seen."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0
        page.evaluate("() => document.activeElement.blur()")  # the watch has walked with Tab

    def press(self, *keys: str) -> Fingers:
        for key in keys:
            self.pressed += 1
            self.page.keyboard.press(key)
            if key in {"j", "k", "Tab"}:
                assert self.page.evaluate(_FOCUS), f"no focus after {key}"
        return self

    def go(self, *keys: str) -> Fingers:
        """Press keys of which the last one opens a page."""
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])
        self.page.wait_for_load_state()
        return self

    def write(self, text: str) -> Fingers:
        """Write words of a form: what is said is no key of the desk."""
        self.page.keyboard.type(text)
        return self


def test_a_screen_holds_twelve_rows_of_one_line(officer):
    rows = officer("truongphong").open(UNIT).page.evaluate(_ROWS)
    assert sum(row["shown"] for row in rows) >= 12
    assert {round(row["height"]) for row in rows} <= {40, 41}


def test_how_urgent_a_row_is_stands_there_without_colour(officer):
    rows = officer("truongphong").open(UNIT).page.evaluate(_GREY)
    told = {row["mood"]: (row["icon"], row["edge"]) for row in rows}
    assert len(told) >= 2
    assert len(set(told.values())) == len(told)
    assert all(row["words"] for row in rows)


def test_sort_and_filter_stand_in_the_address_and_survive_the_way_back(officer):
    reader = officer("truongphong").open(UNIT)
    page = reader.page
    page.locator("#tab-qua-han").click()
    expect(page).to_have_url(re.compile("loai=qua-han"))
    expect(page.locator("#tab-qua-han")).to_be_focused()
    expect(page.locator("#tab-qua-han")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("status").first).to_contain_text("việc")
    late = page.locator("[data-row]").count()
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_label("Sắp xếp", exact=True).select_option(label="Mã hồ sơ")
    page.locator("#narrow").click()
    expect(page).to_have_url(re.compile("sap-xep=ma"))
    assert page.locator("[data-row]").count() == late
    codes = page.locator("[data-row] a.code").all_inner_texts()
    assert codes == sorted(codes)
    reader.follow(codes[0])
    reader.back()
    assert "sap-xep=ma" in page.url
    assert page.locator("[data-row] a.code").all_inner_texts() == codes
    page.go_back()
    expect(page).to_have_url(re.compile("loai=qua-han$"))
    expect(page.locator("[data-row]")).to_have_count(late)  # the address comes before the rows
    assert reader.another_tab().page.locator("[data-row]").count() == late


def test_a_swap_replaces_the_queue_alone(officer):
    page = officer("truongphong").open(UNIT).page
    page.evaluate("() => { document.querySelector('.rail.beside').dataset.before = 'yes'; }")
    page.locator("#tab-qua-han").click()
    expect(page).to_have_url(re.compile("loai=qua-han"))
    assert page.locator(".rail.beside").get_attribute("data-before") == "yes"
    assert page.title().startswith("Việc của đơn vị")


def test_nothing_of_a_list_stays_in_the_browser(officer):
    page = officer("truongphong").open(UNIT).page
    page.locator("#tab-qua-han").click()
    expect(page).to_have_url(re.compile("loai=qua-han"))
    kept = page.evaluate("() => JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")
    assert "H26" not in kept


def test_keys_do_nothing_in_boxes_and_with_alt_work_beside_telex(officer):
    page = officer("truongphong").open(UNIT).page
    keys = Fingers(page).press("/")
    expect(page.locator("#find")).to_be_focused()
    keys.write("jkx?")
    expect(page.locator("#find")).to_have_value("jkx?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    keys.press("Escape", "Alt+j", "Alt+j", "Alt+k")
    assert page.evaluate("() => document.activeElement.closest('[data-row]').rowIndex") == 1
    keys.press("Alt+x")
    expect(page.locator("[data-row] input:checked")).to_have_count(1)
    composing = (
        "() => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', isComposing: true}))"
    )
    page.evaluate(composing)
    assert page.evaluate("() => document.activeElement.closest('[data-row]').rowIndex") == 1


def test_a_range_of_rows_is_chosen_with_shift(officer):
    page = officer("truongphong").open(UNIT).page
    Fingers(page).press("j", "x", "j", "j", "j", "Shift+X")
    expect(page.locator("[data-row] input:checked")).to_have_count(4)
    expect(page.locator("#count")).to_have_text("Đã chọn 4")


def test_the_sheet_of_keys_opens_over_the_page_and_gives_the_focus_back(officer):
    page = officer("truongphong").open(UNIT).page
    Fingers(page).press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Đánh dấu dòng")
    Fingers(page).press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith(UNIT)


def test_the_keys_are_switched_off_and_on(officer):
    worker = officer("chuyenvien.ca").open("/ban/phim-tat")
    worker.press("Tắt phím tắt")
    worker.open("/ban/viec?loai=").page.keyboard.press("/")
    assert not worker.page.locator("#find").evaluate("node => node === document.activeElement")
    worker.open("/ban/phim-tat").press("Bật phím tắt")
    worker.open("/ban/viec?loai=").page.keyboard.press("/")
    expect(worker.page.locator("#find")).to_be_focused()


def test_the_next_and_the_one_before_are_a_key_away(officer):
    reader = officer("truongphong").open(UNIT)
    first, second = reader.page.locator("[data-row] a.code").all_inner_texts()[:2]
    keys = Fingers(reader.page).go("j", "Enter")
    assert first in reader.heading
    keys.go("]")
    assert second in reader.heading
    keys.go("[")
    assert first in reader.heading
    keys.go("Escape")
    assert "/ban/viec" in reader.path


def assigned(page: Page) -> str:
    """Assign the first row that nobody has, by keys; give its code."""
    code = page.locator("[data-row] a.code").first.inner_text()
    Fingers(page).go("j", "g").go("Control+Enter")
    return code


def test_an_assignment_is_undone_by_a_key(officer):
    reader = officer("truongphong").open("/ban/viec-don-vi?loai=cua-vi-tri&thu-tuc=1.003633")
    code = assigned(reader.page)
    assert reader.sees(["1 xong", code])
    Fingers(reader.page).go("z")
    assert reader.sees(["Hoàn tác giao việc", "1 xong"])
    entries = reader.open(f"/ban/ho-so/{code}").text
    assert "Hoàn tác giao việc" in entries


def test_a_day_at_the_desk_takes_forty_keys_at_most(citizen, photo, scan, officer):
    """UX §8.7: five taken in, three assigned, one supplement asked for, one slip printed."""
    for _ in range(5):
        acts.file_postal(citizen, photo, scan)
    newest = "/ban/viec?sap-xep=moi"
    counter = officer("motcua").open(newest)
    taking = Fingers(counter.page).go(*["j", "x"] * 5, "c").go("Control+Enter")
    assert counter.sees(["5 xong"])
    head = officer("truongphong").open(newest)
    giving = Fingers(head.page).go(*["j", "x"] * 3, "g").go("Control+Enter")
    assert head.sees(["3 xong"])
    worker = officer("chuyenvien").open(newest)
    number = worker.page.locator("[data-row] a.code").first.inner_text()
    asking = Fingers(worker.page).go("j", "Enter")
    button = worker.page.get_by_role("link", name="Yêu cầu bổ sung")
    asking.go(str(button.get_attribute("data-key"))).press("m")
    asking.write("Thiếu báo cáo tài chính năm trước.").go("Control+Enter")
    assert worker.sees([number])
    printing = Fingers(worker.open(newest).page).go("j", "p").go("Control+Enter").go("p")
    assert worker.main.locator(".sheet-of-slip").count() == 1
    pressed = [one.pressed for one in (taking, giving, asking, printing)]
    assert sum(pressed) <= 40, pressed


def test_many_rows_each_say_what_became_of_them(officer):
    reader = officer("truongphong").open(UNIT)
    reader.page.get_by_label(re.compile("^Cả .* việc$")).check()
    reader.press("Phiếu kiểm soát")
    reader.press("Lập phiếu kiểm soát")
    assert re.search(r"\d+ xong", reader.text)
    reader.follow("Mở tất cả phiếu để in")
    assert reader.main.locator(".sheet-of-slip").count() > 10


def test_a_filter_is_saved_and_opens_the_page(officer):
    reader = officer("truongphong").open("/ban/viec-don-vi?loai=qua-han")
    reader.page.get_by_text("Bộ lọc đã lưu").click()
    reader.fill("Tên cho bộ lọc đang mở", "Trễ hạn")
    reader.tick("Mở trang này bằng bộ lọc này")
    reader.press("Lưu bộ lọc")
    assert reader.open("/ban/viec-don-vi").path == "/ban/viec-don-vi?loai=qua-han"
    reader.page.get_by_text(re.compile("Bộ lọc đã lưu")).click()
    reader.press("Xóa Trễ hạn")
    assert reader.open("/ban/viec-don-vi").path == "/ban/viec-don-vi"


def test_an_empty_list_leads_to_the_nearest_that_is_not(officer):
    another_units = "1.001758"  # no department but one receives it
    reader = officer("truongphong").open(f"/ban/viec-don-vi?loai=qua-han&thu-tuc={another_units}")
    assert reader.page.locator("[data-row]").count() == 0
    with reader.page.expect_response(re.compile("viec-don-vi")):
        reader.page.get_by_role("link", name=re.compile("Bỏ điều kiện")).click()
    expect(reader.page.locator("[data-row]").first).to_be_visible()


def test_a_scanner_types_a_code_into_the_search_and_the_dossier_opens(officer):
    reader = officer("truongphong").open(UNIT)
    code = reader.page.locator("[data-row] a.code").first.inner_text()
    typed = code.replace("-", "").replace(".", "").lower()
    Fingers(reader.page).press("/").write(typed).go("Enter")
    assert code in reader.heading


@pytest.mark.parametrize("size", [{"width": 1366, "height": 768}, PHONE])
def test_everything_works_without_scripts(window, size):
    head = sign_in(window(scripts=False, size=size), "truongphong").open(UNIT)
    code = head.page.locator("[data-row] a.code").first.inner_text()
    head.page.get_by_label(f"Chọn {code}", exact=True).check()
    head.press("Phiếu kiểm soát")
    head.press("Lập phiếu kiểm soát")
    assert head.sees(["1 xong", code])
    head.open(UNIT).follow("Quá hạn")
    assert "loai=qua-han" in head.path
