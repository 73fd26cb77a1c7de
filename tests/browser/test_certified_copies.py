"""Certified copies at a ward's counter: one form, done while the citizen waits."""

from __future__ import annotations

import pytest

from tests.browser import acts
from tests.browser.visitor import Visitor

PAPER = {
    "Tên giấy tờ cần chứng thực": "Bằng tốt nghiệp đại học",
    "Số trang của bản chính": "2",
    "Số bản sao": "3",
}


@pytest.fixture
def counter(officer) -> Visitor:
    """Sit at the counter of Ba Đình ward, with the form of the procedure open."""
    sitting = officer("motcua.badinh").follow("Tiếp nhận mới")
    return sitting.follow("Chứng thực bản sao")


def take_in(counter: Visitor) -> str:
    counter.fill_in("Người nộp", acts.APPLICANT).fill_in("Tờ khai", PAPER)
    counter.group("Bản chính giấy tờ").get_by_label("Đủ").check()
    counter.press("Tiếp nhận hồ sơ")
    return counter.main.locator(".big").inner_text()


def test_copies_are_certified_at_once(counter, officer, citizen):
    code = take_in(counter)
    assert code.startswith("H26.101-")
    acts.do(officer("chutich.badinh"), code, "Ký, vào sổ và chuyển một cửa")
    acts.do(counter, code, "Trả kết quả")
    acts.look_up(citizen, code)
    assert citizen.sees(["Đã trả kết quả"])
    assert citizen.paper("Bản sao có lời chứng (PDF)").startswith(b"%PDF-")


def test_a_form_left_half_empty_comes_back_as_it_was(counter):
    counter.fill_in("Tờ khai", PAPER).press("Tiếp nhận hồ sơ")
    assert counter.page.title().startswith("Lỗi: ")
    assert counter.group("Tờ khai").get_by_label("Số bản sao").input_value() == "3"


def test_the_counter_goes_on_with_the_next_one(counter):
    first = take_in(counter)
    counter.follow("Nhận hồ sơ tiếp theo cùng thủ tục")
    assert take_in(counter) > first


def test_a_ward_does_not_take_in_what_a_department_decides(officer):
    sitting = officer("motcua.badinh").open("/ban/tiep-nhan/1.003633")
    assert sitting.sees(["Chưa làm được việc này", "không"])


def test_no_online_form_where_the_law_wants_the_counter(citizen):
    citizen.open("/thu-tuc/2.000815")
    assert citizen.sees(["Thủ tục này chưa nhận hồ sơ trực tuyến."])
    assert not citizen.page.get_by_role("link", name="Bắt đầu").count()
