"""Dossier codes: reading, writing, counting on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.codes import (
    AgencyCodeMalformed,
    DossierCode,
    DossierCodeMalformed,
    DossierDayImpossible,
    DossierNumbersUsedUp,
    dossier_search_key,
)

NEW_YEAR = date(2020, 1, 1)
MERGER = date(2025, 7, 1)
AGENCIES = st.sampled_from(["000.00.12.H26", "000.00.14.H20", "H26", "H26.12", "H26.12.05.001"])
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "code", "form"),
    [
        ("000.00.12.H26-200101-0001", DossierCode("000.00.12.H26", NEW_YEAR, 1), "qcvn102"),
        ("H26.12-250701-0001", DossierCode("H26.12", MERGER, 1), "qd20"),
        ("H26.12-250701-10000", DossierCode("H26.12", MERGER, 10_000), "qd20"),
    ],
)
def test_both_forms_are_read(text, code, form):
    assert DossierCode.parse(text) == code
    assert str(code) == text
    assert code.form == form


@pytest.mark.parametrize("day", ["251301", "250132", "250230", "250229", "250001", "250100"])
def test_an_impossible_day_is_refused_by_name(day):
    with pytest.raises(DossierDayImpossible):
        DossierCode.parse(f"H26.12-{day}-0001")


def test_a_leap_day_exists():
    assert DossierCode.parse("H26-240229-0001").day == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H26.12-250701-001",
        "H26.12-250701-00001",
        "H26.12-250701-0000",
        "H26.12-250701-123456",
        "H26.12-20250701-0001",
        "H26.12 250701 0001",
        "H26.12-250701-0001\nx",
        "H26.12-٢٥٠٧٠١-0001",
    ],
)
def test_other_shapes_are_refused(text):
    with pytest.raises(DossierCodeMalformed):
        DossierCode.parse(text)


def test_a_wrong_agency_part_is_refused_by_name():
    with pytest.raises(AgencyCodeMalformed):
        DossierCode.parse("26H.12-250701-0001")


def test_lower_case_spaces_and_long_dashes_are_forgiven():
    assert str(DossierCode.parse(" h26.12–250701—0001 ")) == "H26.12-250701-0001"


def test_the_newer_form_goes_on_with_five_digits():
    assert str(DossierCode("H26.12", MERGER, 9_999).next()) == "H26.12-250701-10000"


@pytest.mark.parametrize(("agency", "last"), [("000.00.12.H26", 9_999), ("H26.12", 99_999)])
def test_used_up_numbers_are_refused_by_name(agency, last):
    with pytest.raises(DossierNumbersUsedUp) as caught:
        DossierCode(agency, MERGER, last).next()
    assert agency in caught.value.text("vi")


def test_the_older_form_has_no_five_digits():
    with pytest.raises(DossierNumbersUsedUp):
        DossierCode.parse("000.00.12.H26-200101-10000")


@pytest.mark.parametrize("number", [0, -1])
def test_numbers_start_at_one(number):
    with pytest.raises(DossierCodeMalformed):
        DossierCode("H26", MERGER, number)


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1)])
def test_a_year_outside_the_century_cannot_be_written(day):
    with pytest.raises(DossierDayImpossible):
        DossierCode("H26", day, 1)


def test_the_search_key_ignores_signs_between():
    assert dossier_search_key("h26.12 250701 0001") == dossier_search_key("H26.12-250701-0001")


@given(AGENCIES, DAYS, st.integers(1, 9_999))
def test_writing_and_reading_are_inverse(agency, day, number):
    code = DossierCode(agency, day, number)
    assert DossierCode.parse(str(code)) == code
