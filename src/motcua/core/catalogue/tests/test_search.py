"""Finding by name, code, legal text and words without accents."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.core.catalogue.queries import groups, search
from motcua.core.catalogue.tests.conftest import brought_out, taken_in
from motcua.core.catalogue.tests.samples import FACTS, NATIONAL, facts

A, B = "1.900001", "1.900002"


@pytest.fixture
def both(db):
    return brought_out(FACTS, NATIONAL)


def found(query, **wishes):
    return [row.key for row in search(query, **wishes).rows]


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", [A, B]),
        ("thư tay", [A]),
        ("THU TAY", [A]),
        ("dang ky bo cau", [B]),
        ("1.900002", [B]),
        ("1.9000", [A, B]),
        ("61/2018/NĐ-CP", [A]),
        ("nd 61/2018", [A]),
        ("9/2019/tt-btt", [B]),
        ("bồ câu thư tay", []),
        ("ong", []),
        ("%", [A, B]),
        ("\0", [A, B]),
    ],
)
def test_words_codes_and_decrees(both, query, keys):
    assert sorted(found(query)) == keys


def test_those_named_so_come_first(db):
    other = facts(code="1.900003", name="An bài thư", result="Sổ bồ câu khác")
    brought_out(other, NATIONAL)
    assert found("bo cau") == [B, "1.900003"]


def test_names_stand_in_vietnamese_order(both):
    assert found("") == [A, B]  # Cấp… before Thủ tục…


def test_drafts_are_found_by_those_who_ask_for_them(db):
    taken_in(FACTS)
    assert found("thu tay") == []
    assert found("thu tay", drafts=True) == [A]


def test_groups_and_pages(both):
    assert groups() == (("Thư tín", 1), ("bưu chính", 1))
    assert found("", group="bưu chính") == [A]
    second = search("", page=2, size=1)
    assert (second.count, second.pages, [row.key for row in second.rows]) == (2, 2, [B])
    assert search("", page=99, size=1).page == 2


def test_a_search_asks_two_questions(both):
    with CaptureQueriesContext(connection) as asked:
        search("thu tay 61/2018")
    assert len(asked) == 2
