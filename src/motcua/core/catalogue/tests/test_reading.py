"""What is read in the words of a source, beside those words."""

from __future__ import annotations

import copy

import pytest

from motcua.core.catalogue import reading
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, content, facts


@pytest.mark.parametrize(
    ("number", "unit", "limit"),
    [
        (10, "ngày làm việc", "10 working_day"),
        (15, "ngày", "15 calendar_day"),
        (1, "ngày làm việc (đơn vị không ghi trên trang, suy đoán)", "1 working_day"),
        ("0.5", "Giờ", "0.5 hour"),
        (6, "giờ trước khi họp báo (hạn trả lời)", None),
        (0, "Giờ", None),
        (None, None, None),
    ],
)
def test_an_amount_with_its_unit(number, unit, limit):
    found = reading.limit_of(number, unit)
    assert (str(found) if found else None) == limit


def lines(said):
    return [
        (line.words, str(line.limit), line.channel or line.where or line.since)
        for line in reading.limits(content(facts(time_limit=said)))
    ]


def test_limits_by_way_of_filing():
    said = {"by_channel": [{"channel": "Trực tuyến", "number": 3, "unit": "ngày"}]}
    assert lines(said) == [("3 ngày", "3 calendar_day", "Trực tuyến")]


def test_limits_that_changed_keep_their_days():
    said = [{"number": 20, "unit": "ngày", "from": "2022", "source": "s"}]
    assert lines(said) == [("20 ngày", "20 calendar_day", "2022")]


def test_limits_shared_out_between_agencies():
    said = {"split": {"UBND cấp xã": "02 ngày làm việc", "trả về": "không quá 0,5 ngày làm việc"}}
    assert lines(said) == [
        ("02 ngày làm việc", "2 working_day", "UBND cấp xã"),
        ("không quá 0,5 ngày làm việc", "0.5 working_day", "trả về"),
    ]


def test_a_duty_of_the_citizen_is_no_limit():
    said = {"number": 5, "unit": "ngày", "kind": "hạn người dân phải khai báo"}
    assert lines(said) == [("5 ngày", "None", "")]


def test_a_limit_without_number_states_nothing():
    assert lines({"by_channel": [{"channel": "Trực tiếp", "number": None, "unit": None}]}) == []


def test_remarks_stay_beside_the_limit():
    (line,) = reading.limits(content(FACTS))
    assert line.note == "Hà Nam 04 ngày làm việc"


def test_papers_and_sets_of_facts():
    told = content(FACTS)
    assert reading.papers(told) == (reading.Paper("Đơn", 1, 2),)
    assert reading.sets(told) == "02 bộ"


def test_a_national_page_is_read():
    told = content(NATIONAL)
    assert [str(line.limit) for line in reading.limits(told)] == ["7 working_day"]
    assert reading.papers(told) == (reading.Paper("Tờ khai", 1, 0, "mau.doc"),)
    assert reading.laws(told) == ("9/2019/TT-BTT: Về bồ câu (24-03-2019)",)
    assert reading.fees(told) == ("Phí : 0 Đồng",)
    assert reading.ways(told) == ("Trực tiếp",)


def test_words_that_say_nothing_are_nothing():
    row = copy.deepcopy(NATIONAL)
    row["content"]["kết_quả_thực_hiện"] = "Không có thông tin"
    assert reading.results(content(row)) == ()


@pytest.mark.reference
def test_most_limits_of_the_real_pages_are_read(reference_data):
    from motcua.core.catalogue.importing import rows_of

    text = (reference_data / "procedures" / "procedures.jsonl").read_text("utf-8")
    found = [line for row in rows_of(text, "n") for line in reading.limits(row.content)]
    unread = {line.words for line in found if line.limit is None}
    assert len(found) > 200
    assert not any(words[:1].isdigit() and words != "0 Giờ" for words in unread)
