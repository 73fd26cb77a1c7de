"""Values of a form: one spelling for what is right, one named refusal per field for the rest."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.procedures.fields import Indexed, indexed, validate
from motcua.core.procedures.patterns import PatternUnusable, compiled
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.core.procedures.tests.conftest import TINY
from motcua.kernel.errors import Invalid, Refused

FORM = read(load(TINY).procedures["1.000001.toml"], system="tiny")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def _code(field: str, value: object) -> str:
    with pytest.raises(Invalid) as refused:
        validate(FORM, {"name": "An", field: value}, on=datetime.date(2026, 11, 23))
    assert list(refused.value.problems) == [field]
    return refused.value.problems[field].code


@pytest.mark.parametrize(
    ("field", "value", "accepted"),
    [
        ("name", "  Đỗ An ", "Đỗ An"),
        ("name", "Nguye\u0302\u0303n", "Nguyễn"),
        ("story", "a\r\nb", "a\nb"),
        ("count", 3, 3),
        ("count", "3", 3),
        ("count", 3.0, 3),
        ("price", "1.708.000 ₫", 1708000),
        ("day", "28/2/2026", "2026-02-28"),
        ("day", "2024-02-29", "2024-02-29"),
        ("kind", "new", "new"),
        ("agreed", "on", True),
        ("agreed", False, False),
        ("phone", "091 234 5678", "+84912345678"),
        ("number", "001199012345", "001199012345"),
        ("tax", "0100109106", "0100109106"),
        ("email", "an@example.vn", "an@example.vn"),
        ("address", "Số 1\nphố Thử", "Số 1\nphố Thử"),
        ("licence", "12/GP", "12/GP"),
    ],
)
def test_a_right_value_gets_its_one_spelling(field, value, accepted):
    assert validate(FORM, {"name": "An", field: value})[field] == accepted


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", None, "field.missing"),
        ("name", " \u200b ", "field.missing"),
        ("name", ["An"], "field.not_text"),
        ("name", {"vi": "An"}, "field.not_text"),
        ("name", 5, "field.not_text"),
        ("name", "a\x00b", "text.control_character"),
        ("name", "a\nb", "text.control_character"),
        ("name", "a\u202eb", "text.control_character"),
        ("name", "\ud800", "text.control_character"),
        ("name", "a" * 11, "text.too_long"),
        ("count", True, "field.not_a_number"),
        ("count", [], "field.not_a_number"),
        ("count", "ba", "number.unreadable"),
        ("count", 1.5, "field.not_whole"),
        ("count", float("nan"), "field.not_whole"),
        ("count", float("inf"), "field.not_whole"),
        ("count", "1,5", "field.not_whole"),
        ("count", 0, "field.too_small"),
        ("count", 10, "field.too_large"),
        ("price", -1, "field.too_small"),
        ("price", 10**30, "field.too_large"),
        ("day", "30/2/2026", "date.no_such_day"),
        ("day", "2026-02-30", "date.no_such_day"),
        ("day", "mai", "date.unreadable"),
        ("day", "1/1/0026", "field.year"),
        ("day", 20260101, "field.not_text"),
        ("kind", "newer", "field.not_a_choice"),
        ("agreed", "maybe", "field.not_yes_or_no"),
        ("agreed", 1, "field.not_yes_or_no"),
        ("phone", "12", "phone.invalid"),
        ("number", "123", "personal_number.malformed"),
        ("number", "001227000001", "personal_number.born_in_future"),
        ("tax", "0100109107", "tax_code.mistyped"),
        ("tax", "001199012345", "field.personal_tax_code"),
        ("email", "an@", "field.email"),
        ("licence", "12345/GP", "field.pattern"),
        ("stranger", "x", "field.unknown"),
    ],
)
def test_a_wrong_value_has_a_named_refusal(field, value, code):
    assert _code(field, value) == code


def test_all_wrong_fields_are_told_at_once():
    with pytest.raises(Invalid) as refused:
        validate(FORM, {"count": 0, "x": 1})
    assert set(refused.value.problems) == {"name", "count", "x"}


def test_values_must_be_a_table():
    with pytest.raises(Invalid):
        validate(FORM, ["name"])


def test_blank_optional_fields_are_left_out():
    assert validate(FORM, {"name": "An", "story": " ", "agreed": ""}) == {"name": "An"}


def _refused(values: dict[str, object]) -> list[Refused]:
    try:
        validate(FORM, values)
    except Invalid as refused:
        return list(refused.problems.values())
    return []


@given(st.dictionaries(st.sampled_from([rule.key for rule in FORM.fields]), JSON))
def test_whatever_is_sent_is_refused_in_words_or_accepted_for_good(values):
    refused = _refused(values)
    assert all(one.text("vi") and one.text("en") for one in refused)
    if not refused:
        accepted = validate(FORM, values)
        assert validate(FORM, accepted) == accepted


def test_indexed_fields_fill_the_typed_table():
    accepted = validate(
        FORM,
        {"name": "Đỗ An", "count": 2, "day": "1/2/2026", "agreed": True, "phone": "0912345678"},
    )
    assert indexed(FORM, accepted) == (
        Indexed("name", text="do an"),
        Indexed("count", number=2),
        Indexed("day", day=datetime.date(2026, 2, 1)),
        Indexed("agreed", number=1),
        Indexed("phone", text="+84912345678"),
    )


@pytest.mark.parametrize("pattern", ["(a+)+", "a*", "a|b", "[a", "a{65}", "[^]", "^a", "", "\\w"])
def test_a_pattern_that_could_run_away_is_refused(pattern):
    with pytest.raises(PatternUnusable):
        compiled(pattern)


def test_the_slowest_pattern_takes_no_noticeable_time():
    begin = time.perf_counter()
    assert not compiled("a{0,64}a{0,64}a{0,64}b").fullmatch("a" * 200)
    assert time.perf_counter() - begin < 1
