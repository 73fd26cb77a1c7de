"""What keeps an edition a draft."""

from __future__ import annotations

import copy

import pytest

from motcua.core.catalogue.checks import REQUIRED, gaps
from motcua.core.catalogue.content import Form
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, content, facts, from_memory


def places(row):
    return [(one.code.removeprefix("catalogue."), one.where) for one in gaps(content(row))]


@pytest.mark.parametrize("row", [FACTS, NATIONAL])
def test_a_whole_row_has_no_gap(row):
    assert places(row) == []


@pytest.mark.parametrize(
    "name",
    ["code", *REQUIRED[Form.FACTS]],
)
def test_what_only_memory_says_is_a_gap(name):
    assert places(from_memory(name)) == [("unconfirmed", name)]


@pytest.mark.parametrize("name", ["short_name", "online_level"])
def test_labels_and_levels_do_not_keep_it_back(name):
    assert places(from_memory(name)) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"code": ""}, ("no_code", "code")),
        ({"code": "1.1"}, ("bad_code", "code")),
        ({"fee": "Không có thông tin"}, ("missing", "fee")),
        ({"legal_basis": []}, ("missing", "legal_basis")),
        ({"level": None}, ("missing", "level")),
        (
            {"time_limit": {"by_channel": [{"channel": "a", "number": None, "unit": None}]}},
            ("limit_unstated", "time_limit"),
        ),
        (
            {"time_limit": {"number": 1, "unit": "ngày làm việc (suy đoán)"}},
            ("unit_guessed", "time_limit"),
        ),
    ],
)
def test_gaps_are_told_with_their_place(changes, found):
    assert places(facts(**changes)) == [found]


def test_a_confirmed_value_without_source_is_a_gap():
    row = copy.deepcopy(FACTS)
    row["result"]["source"] = " "
    assert places(row) == [("no_source", "result")]


def test_the_sentence_names_what_is_doubted():
    (gap,) = gaps(content(from_memory("decided_by")))
    assert gap.vi == "“Cơ quan giải quyết” chưa có văn bản xác nhận: Sở Thư tín."
    assert gap.en == "No document confirms “Decided by”: Sở Thư tín."
