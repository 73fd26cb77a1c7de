"""A value is typed in plain lines; what is typed as it stood keeps its shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.catalogue import reading, wording
from motcua.core.catalogue.content import Content, Form, Value
from motcua.core.catalogue.facts import read_facts
from motcua.core.catalogue.shipped import shipped_rows

F, N = Form.FACTS, Form.NATIONAL
PAPERS = [{"name": "Đơn", "originals": 1, "copies": 2}, {"set_count": "02 bộ"}]


def typed(form, name, text, before=None):
    faults = []
    said = wording.read(form, name, text, before, faults)
    return said, [(one.code, one.where) for one in faults]


def test_every_shipped_value_comes_back_as_it_was():
    for row in shipped_rows():
        content = read_facts(row, [])
        for name, value in content.values.items():
            text = wording.words(F, name, value.said)
            assert typed(F, name, text, value.said) == (value.said, [])


def test_papers_are_lines_with_bars():
    assert wording.words(F, "evidence", PAPERS) == "Đơn | 1 | 2\nSố bộ: 02 bộ"


def test_mending_one_paper_keeps_the_others():
    before = [{"name": "Đơn", "originals": 1, "form": "mau.doc"}, {"name": "Ảnh"}]
    said, faults = typed(F, "evidence", "Đơn | 1\nẢnh 4x6 | 0 | 2", before)
    assert faults == []
    assert said == [before[0], {"name": "Ảnh 4x6", "originals": 0, "copies": 2}]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Đơn | một", "catalogue.count"), ("a | 1 | 2 | b | c", "catalogue.columns")],
)
def test_a_line_that_cannot_be_read_is_told(text, code):
    assert typed(F, "evidence", text)[1] == [(code, "evidence")]


@pytest.mark.parametrize(
    ("text", "said", "limits"),
    [
        ("10 ngày làm việc", {"number": 10, "unit": "ngày làm việc"}, ["10 working_day"]),
        ("0,5 ngày", {"number": 0.5, "unit": "ngày"}, ["None"]),
        (
            "Trực tiếp: 3 ngày làm việc\nTrực tuyến: không nêu",
            {
                "by_channel": [
                    {"channel": "Trực tiếp", "number": 3, "unit": "ngày làm việc"},
                    {"channel": "Trực tuyến", "number": None, "unit": None},
                ]
            },
            ["3 working_day"],
        ),
        ("Ngay trong ngày", {"text": "Ngay trong ngày"}, ["None"]),
    ],
)
def test_limits_are_typed_as_they_are_said(text, said, limits):
    found, faults = typed(F, "time_limit", text)
    if text.startswith("0,5"):  # no limit counts half calendar days: it stays words
        said = {"text": text}
    assert (found, faults) == (said, [])
    content = Content(F, {"time_limit": Value(found)})
    assert [str(one.limit) for one in reading.limits(content)] == limits


def test_a_mended_limit_keeps_its_remarks():
    before = {"number": 10, "unit": "ngày làm việc", "trap": "không tính ngày bổ sung"}
    said, _ = typed(F, "time_limit", "7 ngày làm việc", before)
    assert said == {"number": 7, "unit": "ngày làm việc", "trap": "không tính ngày bổ sung"}


def test_laws_are_one_to_a_line_and_a_result_is_one_or_more():
    assert typed(F, "legal_basis", "NĐ 1\r\n\r\nLuật 2 ")[0] == ["NĐ 1", "Luật 2"]
    assert typed(F, "result", "Giấy phép")[0] == "Giấy phép"
    both = [{"name": "A", "result_code": "KQ.1"}, {"name": "B"}]
    assert typed(F, "result", "A | KQ.1\nB")[0] == both


def test_the_ways_of_the_national_page_are_columns():
    before = [{"channel": "Trực tiếp", "limit": "7 Ngày", "fee": "", "note": ""}]
    text = "Trực tiếp | 7 Ngày\nTrực tuyến | 5 Ngày | 0 đồng"
    said, faults = typed(N, "filing", text, before)
    assert faults == []
    assert said == [before[0], {"channel": "Trực tuyến", "limit": "5 Ngày", "fee": "0 đồng"}]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
LINES = st.lists(TEXT, max_size=5).map("\n".join)


@given(LINES, st.sampled_from(["time_limit", "evidence", "legal_basis", "result", "fee"]))
def test_what_was_read_is_typed_and_read_alike(text, name):
    said, faults = typed(F, name, text)
    if not faults and said:
        again = wording.words(F, name, said)
        assert typed(F, name, again, None)[1] == []
        assert wording.words(F, name, typed(F, name, again)[0]) == again
