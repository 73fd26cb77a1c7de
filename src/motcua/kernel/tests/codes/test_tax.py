"""Tax codes in their three shapes."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.kernel.codes import (
    BornInFuture,
    PersonalNumberNotYetTaxCode,
    TaxCode,
    TaxCodeMalformed,
    TaxCodeMistyped,
    UnknownProvince,
)

TODAY = date(2026, 11, 23)


def read(text, on=TODAY):
    return TaxCode.parse(text, on=on)


@pytest.mark.parametrize(
    ("text", "spelling", "kind", "main"),
    [
        ("0100109106", "0100109106", "main", "0100109106"),
        (" 01 0010 9106 ", "0100109106", "main", "0100109106"),
        ("0314409058-002", "0314409058-002", "branch", "0314409058"),
        ("0314409058002", "0314409058-002", "branch", "0314409058"),
        ("001199012345", "001199012345", "person", "001199012345"),
    ],
)
def test_the_three_shapes(text, spelling, kind, main):
    code = read(text)
    assert (code.text, code.kind, code.main) == (spelling, kind, main)


def test_a_wrong_check_digit_has_a_name_of_its_own():
    with pytest.raises(TaxCodeMistyped):
        read("0100109107")


@pytest.mark.parametrize("text", ["0100109106-000", "0100000000", "", "12345", "010010910x"])
def test_what_is_never_given_out_is_refused(text):
    with pytest.raises(TaxCodeMalformed):
        read(text)


@pytest.mark.parametrize("digit", range(10))
def test_a_check_value_of_ten_belongs_to_no_number(digit):
    with pytest.raises(TaxCodeMistyped):
        read(f"010010003{digit}")


def test_personal_numbers_serve_from_july_2025():
    assert read("001199012345", on=date(2025, 7, 1)).kind == "person"
    with pytest.raises(PersonalNumberNotYetTaxCode) as caught:
        read("001199012345", on=date(2025, 6, 30))
    assert "01/07/2025" in caught.value.text("vi")


def test_the_rules_of_personal_numbers_hold():
    with pytest.raises(BornInFuture):
        read("001227000001")
    assert [type(warning) for warning in read("099090000001").warnings] == [UnknownProvince]


def test_equal_codes_are_equal_and_hide_the_person():
    assert read("099090000001") == read("099 090 000001")
    assert "090000" not in repr(read("099090000001"))
    assert "0100109106" in repr(read("0100109106"))
