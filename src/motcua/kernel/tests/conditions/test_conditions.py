"""A condition is read, checked against the kinds of its fields, and judged; blank is not known."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.conditions import (
    ConditionUnreadable,
    Kind,
    fields_of,
    holds,
    read,
    uses_today,
)
from motcua.kernel.conditions.judging import moved

KINDS = {
    "kind": Kind.TEXT,
    "ducts": Kind.NUMBER,
    "used": Kind.NUMBER,
    "shared": Kind.FLAG,
    "begun": Kind.DAY,
    "ended": Kind.DAY,
}
ON = datetime.date(2026, 11, 27)
DAY = datetime.date


def judged(text: str, **values) -> bool | None:
    return holds(read(text, KINDS), values, on=ON)


@pytest.mark.parametrize(
    ("text", "values", "answer"),
    [
        ("used <= ducts", {"used": 2, "ducts": 4}, True),
        ("used <= ducts", {"used": 5, "ducts": 4}, False),
        ("used <= ducts", {"used": 5}, None),
        ("used is blank or used <= ducts", {"ducts": 4}, True),
        ("used is not blank", {}, False),
        ('kind in ["duct", "trench"]', {"kind": "duct"}, True),
        ('kind in ["duct", "trench"]', {"kind": "pole"}, False),
        ('not kind = "duct" or ducts > 0', {"kind": "duct"}, None),
        ('not kind = "duct" or ducts > 0', {"kind": "pole"}, True),
        ("shared", {"shared": True}, True),
        ("not shared", {"shared": True}, False),
        ("shared = false", {"shared": False}, True),
        ("count(begun, ended) = 1", {"begun": ON}, True),
        ("sum(ducts, used) > 5", {"ducts": 3, "used": 3}, True),
        ("sum(ducts, used) > 5", {"ducts": 3}, False),
        ("ended >= begun + 30 days", {"begun": DAY(2026, 1, 1), "ended": DAY(2026, 1, 31)}, True),
        ("ended >= begun + 1 months", {"begun": DAY(2026, 1, 31), "ended": DAY(2026, 2, 28)}, True),
        ("begun <= today - 2 days", {"begun": DAY(2026, 11, 26)}, False),
        ("begun > 2026-11-25 and (shared or used > 0)", {"begun": ON, "shared": True}, True),
        ("shared and used > 0", {"used": 0}, False),
    ],
)
def test_what_holds(text, values, answer):
    assert judged(text, **values) is answer


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ducts",
        "used <",
        "used < kind",
        'kind < "a"',
        "kind = duct",
        "unknown = 1",
        "used = 1 and",
        "used in []",
        'used in ["a"]',
        "ducts + 1 days > 2",
        "begun + 1 years > ended",
        "begun + ducts days > ended",
        "count() = 0",
        "sum(kind) = 0",
        "2026-02-30 = begun",
        "today is blank",
        "used = 1 used",
        "shared and ducts",
        "not ducts",
        "(shared",
        "used; drop",
        "__import__",
        "begun + 9999999 days > ended",
        "(" * 30 + "shared" + ")" * 30,
        "not " * 30 + "shared",
        "shared or " * 60 + "shared",
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(text):
    with pytest.raises(ConditionUnreadable) as refused:
        read(text, KINDS)
    assert refused.value.details["position"] >= 1


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        node = read(text, KINDS)
    except ConditionUnreadable:
        return
    assert holds(node, {}, on=ON) in {True, False, None}


@given(st.dates(), st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_a_day_moves_within_the_years_there_are(day, days, months):
    found = moved(day, days, months)
    assert found is None or isinstance(found, datetime.date)


def test_a_condition_tells_what_it_asks_about():
    told = read("count(begun, ended) = 2 and used < ducts or shared is blank", KINDS)
    assert fields_of(told) == {"begun", "ended", "used", "ducts", "shared"}
    assert not uses_today(told)
    assert uses_today(read("begun < today + 1 days", KINDS))
