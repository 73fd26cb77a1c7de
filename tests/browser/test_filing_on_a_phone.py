"""A form on a phone, 390 px wide, in which no script runs: page by page, saved, resumed, sent."""

from __future__ import annotations

from pathlib import Path

import motcua.core.files.tests
from tests.browser import acts
from tests.browser.test_every_page import A4

HEIC = Path(motcua.core.files.tests.__file__).parent / "pictures" / "paper.heic"
NOP = "/thu-tuc/1.003633/nop"


def test_found_filled_sent_and_tracked(citizen, photo, scan):
    lookup = acts.file_postal(citizen, photo, scan)
    assert citizen.main.get_by_role("img", name="Mã QR").count() == 1
    citizen.follow("Theo dõi hồ sơ", within=citizen.main)
    assert citizen.sees([lookup, "Mới nộp, chờ tiếp nhận"])


def test_each_page_says_which_step_it_is_and_when_it_was_saved(citizen):
    citizen.open(NOP)
    assert "Bước 1/7: Nơi nhận hồ sơ" in citizen.text
    assert "Đã lưu nháp" not in citizen.text
    citizen.select("Cơ quan tiếp nhận", "Sở Khoa học và Công nghệ").press(acts.NEXT)
    assert citizen.sees(["Bước 2/7: Người nộp", "Đã lưu nháp lúc"])


def test_a_long_form_asks_one_thing_a_page_and_the_check_leads_back_to_it(citizen, photo, scan):
    acts.fill_postal(citizen, photo, scan)
    parts = ["Nơi nhận hồ sơ", "Người nộp", "Doanh nghiệp", "Giấy phép đã cấp"]
    parts += ["Dịch vụ đề nghị cấp lại", "Giấy tờ kèm theo"]
    assert citizen.main.locator(".of-part h2").all_inner_texts() == parts
    citizen.follow("Sửa: Giấy phép đã cấp").fill("Số giấy phép đã cấp", "99/GP-BC")
    citizen.press(acts.NEXT)
    assert citizen.heading == "Kiểm tra lại trước khi nộp"
    assert "99/GP-BC" in citizen.text
    citizen.follow("Quay lại")
    for name in reversed(parts):
        assert citizen.heading == name
        citizen.follow("Quay lại")


def test_an_empty_step_is_told_on_top_and_leads_to_its_boxes(citizen):
    citizen.open(f"{NOP}/nguoi-nop").answer({"Thư điện tử": "a@example.com"}).press(acts.NEXT)
    assert citizen.page.title().startswith("Lỗi: ")  # that the summary has the focus, `watch` asks
    links = citizen.main.locator("#errors a")
    words = links.all_inner_texts()
    assert len(words) == 2
    for text in words:
        assert citizen.main.locator(".wrong", has_text=text).count() == 1
    links.first.click()
    assert citizen.page.evaluate("document.activeElement.matches('input')")
    assert citizen.main.get_by_label("Thư điện tử").input_value() == "a@example.com"


def test_a_chosen_file_is_kept_beside_what_is_missing(citizen, scan):
    citizen.open(f"{NOP}/giay-to").attach("Báo cáo tài chính", scan).press(acts.NEXT)
    assert citizen.page.title().startswith("Lỗi: ")
    assert scan.name in citizen.text


def test_photos_of_a_phone_are_taken_and_shown(citizen, photo, tmp_path):
    large = tmp_path / "IMG_0413.JPG"
    large.write_bytes(photo.read_bytes() + bytes(8 * 1024 * 1024))
    citizen.open(f"{NOP}/giay-to").attach("Giấy đề nghị cấp lại", large, HEIC).press(acts.NEXT)
    drawn = "all => all.map(one => one.complete && one.naturalWidth > 0)"
    pictures = citizen.main.locator(".lying img")
    pictures.first.wait_for()
    citizen.page.wait_for_load_state("networkidle")
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
    citizen.page.wait_for_load_state("networkidle")
    assert pictures.evaluate_all(drawn) == [True, True]
    assert citizen.sees(["IMG_0413.JPG", "8,", "MB", "paper.heic"])
    assert citizen.main.locator("[capture]").count() == 0


def test_who_comes_back_goes_on_where_they_were(citizen):
    citizen.open(NOP).select("Cơ quan tiếp nhận", "Sở Khoa học và Công nghệ").press(acts.NEXT)
    citizen.open("/").follow("Làm tiếp")
    assert citizen.sees(["Xong", "Chưa bắt đầu"])
    citizen.follow("Làm tiếp")
    assert citizen.heading == "Người nộp"
    citizen.open(NOP).press("Xóa bản nháp")
    assert "Đã xóa bản nháp" in citizen.text


def test_a_file_can_be_taken_out_again(citizen, photo, scan):
    acts.fill_postal(citizen, photo, scan).follow("Sửa: Giấy tờ kèm theo")
    button = citizen.main.get_by_role("button", name=f"Bỏ tệp {scan.name}")
    with citizen.page.expect_navigation():
        button.click()
    assert (photo.name in citizen.text, scan.name in citizen.text) == (True, False)


def test_the_confirmation_prints_on_one_page(citizen, photo, scan):
    acts.file_postal(citizen, photo, scan)
    page = citizen.page
    page.emulate_media(media="print")
    page.set_viewport_size(A4)
    assert page.locator("body").evaluate("body => body.scrollHeight") < 990  # less the margins
    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") <= 1
