"""The workshop: days off, agencies, officers, jobs and archives; and the head's board."""

from __future__ import annotations

import datetime
import time

import pytest
from django.utils.timezone import localtime

from motcua.core.now import now
from tests.browser.test_every_page import in_english
from tests.browser.visitor import DESKTOP, PHONE

SIZES = (PHONE, DESKTOP)
_JOB_TAKES = 120


def at_each_size(worker, path, words):
    """Open a page on a phone and on a desk; what `watch.py` asks for must hold on both."""
    for size in SIZES:
        worker.page.set_viewport_size(size)
        worker.open(path)
        assert worker.sees(words), path
    return worker


def until_it_sees(worker, words):
    """Load a page anew until a job has done its part."""
    end = time.monotonic() + _JOB_TAKES
    while not worker.sees(words) and time.monotonic() < end:
        time.sleep(1)
        worker.reload()
    assert worker.sees(words)
    return worker


def test_a_head_enters_a_day_off_looks_at_what_moves_and_takes_it_back(officer):
    head = at_each_size(officer("chutich"), "/ban/lich", ["Nhập thay đổi", "Ngày nghỉ và làm bù"])
    today = localtime(now()).date()
    day = today + datetime.timedelta(days=42 - today.weekday())
    head.fill("Ngày nghỉ", f"{day:%d/%m/%Y}").fill("Tên ngày nghỉ", "Nghỉ thử")
    head.fill("Số, ký hiệu văn bản thông báo", "99/TB-UBND").press("Lưu và xem trước")
    until_it_sees(head, ["Sẽ đổi gì", "Hồ sơ đổi hạn"])
    at_each_size(head, head.path, ["Nghỉ thử", "Quyết định thay đổi này"])
    head.press("Hủy thay đổi này")
    assert head.sees(["Đã hủy thay đổi"])


def test_what_is_wrong_with_a_day_off_is_said_beside_what_was_typed(officer):
    head = officer("chutich").open("/ban/lich")
    head.fill("Ngày nghỉ", "30/02/2027").press("Lưu và xem trước")
    assert head.main.get_by_label("Ngày nghỉ", exact=True).input_value() == "30/02/2027"


def test_a_head_follows_each_count_of_the_board_to_its_list(officer):
    head = at_each_size(officer("truongphong"), "/ban/nhom", ["Bàn điều hành", "Chưa giao ai"])
    tab = head.main.locator(".tabs a").nth(1)
    count = tab.locator("strong").inner_text()
    tab.click()
    assert head.heading == "Quá hạn"
    assert head.sees([f"{count} việc"])
    at_each_size(head, "/ban/nhom/viec?loai=qua-han", ["Vì sao quá hạn"])


def test_the_organiser_walks_the_tree_and_the_officers(officer):
    worker = officer("tochuc")
    at_each_size(worker, "/ban/co-quan", ["Cơ quan, đơn vị", "Mã định danh"])
    worker.follow("Sở Khoa học và Công nghệ", within=worker.main)
    assert worker.sees(["H26.12", "Cán bộ và vị trí"])
    at_each_size(worker, "/ban/can-bo", ["Cán bộ", "Số hiệu cán bộ"])
    in_english(worker).open("/ban/can-bo")
    assert worker.sees(["Officers", "Staff number"])


def test_a_head_takes_on_somebody_and_the_keeper_lets_them_in(officer):
    head = at_each_size(officer("giamdoc"), "/ban/can-bo/moi", ["Ghi cán bộ và vị trí"])
    today = localtime(now()).date()
    number = f"T{today:%j}-1"
    head.fill("Họ và tên", "Trần Thị Thử Mới").fill("Số hiệu cán bộ", number)
    for question, answer in (("Cơ quan", "Sở Khoa học và Công nghệ"), ("Vị trí", "Chuyên viên")):
        head.main.get_by_label(question, exact=True).select_option(label=answer)
    head.fill("Ngày", str(today.day)).fill("Tháng", str(today.month)).fill("Năm", str(today.year))
    head.press("Ghi cán bộ và vị trí")
    assert head.heading == "Trần Thị Thử Mới"
    keeper = at_each_size(officer("quantri"), f"/ban/can-bo?q={number}", ["Trần Thị Thử Mới"])
    keeper.follow("Chưa có", within=keeper.main)
    keeper.fill("Tên đăng nhập", "thumoi").press("Mở tài khoản")
    assert keeper.sees(["trang này không hiện lại", "thumoi"])


@pytest.mark.parametrize("username", ["quantri", "tochuc"])
def test_each_card_of_the_workshop_leads_to_a_page_that_opens(officer, username):
    worker = at_each_size(officer(username), "/ban/quan-tri", ["Khu quản trị", "Cơ quan, đơn vị"])
    links = worker.main.locator(".cards a")
    addresses = [one.get_attribute("href") for one in links.all()]
    assert len(addresses) >= 3
    for address in addresses:
        assert worker.open(address).path == address
        assert worker.page.request.get(address).status == 200


def test_the_keeper_makes_an_archive_and_tries_to_restore_it(officer):
    keeper = at_each_size(officer("quantri"), "/ban/van-hanh", ["Bản sao lưu", "Tình trạng"])
    keeper.press("Lập bản sao lưu ngay")
    until_it_sees(keeper, ["cách đây"])
    keeper.main.get_by_role("button", name="Thử khôi phục").first.click()
    until_it_sees(keeper.open("/ban/van-hanh"), ["tốt"])
    assert keeper.main.get_by_role("button", name="Thử khôi phục").count() == 1
    at_each_size(keeper, "/ban/van-hanh/viec-nen?kieu=backups.take", ["backups.take", "Đã xong"])


@pytest.mark.parametrize("path", ["/ban/danh-muc/1.003633", "/thu-tuc/1.003633"])
def test_the_picture_of_a_procedure_has_a_name_and_says_its_steps(officer, path):
    reader = officer("truongphong")
    for size in SIZES:
        reader.page.set_viewport_size(size)
        reader.open(path)
        picture = reader.page.locator(".diagram svg")
        assert picture.get_attribute("role") == "img"
        assert "Thẩm định" in picture.locator("desc").text_content()
