"""Agency codes in both forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.codes import (
    AgencyCodeMalformed,
    NoForm102,
    form_of,
    parse_agency_code,
    to_102,
    to_qd20,
)

LEVEL_ONE = st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("000.05.12.H26", "H26.12.05"),
        ("000.00.00.G22", "G22"),
        ("000.00.12.H26", "H26.12"),
        ("001.05.12.H26", "H26.12.05.001"),
    ],
)
def test_conversion_goes_both_ways(old, new):
    assert to_qd20(old) == new
    assert to_102(new) == old


def test_a_gap_in_the_levels_is_only_guessed():
    assert to_qd20("000.05.00.H26") == "H26.05"


def test_a_code_already_in_the_wanted_form_stays():
    assert to_qd20("H26.12.05") == "H26.12.05"
    assert to_102("000.05.12.H26") == "000.05.12.H26"


@pytest.mark.parametrize("code", ["H26.1.2.3.4", "H26.123", "H26.00.05", "H26.12.05.000"])
def test_codes_without_an_older_form_say_so(code):
    with pytest.raises(NoForm102) as caught:
        to_102(code)
    assert code in caught.value.text("vi")


@pytest.mark.parametrize(
    "text",
    ["", "h26", "H2", "H26.", "H26.1234", "00.00.12.H26", "H26\n", "H２６", "H26" + ".123" * 9],
)
def test_other_shapes_are_refused(text):
    with pytest.raises(AgencyCodeMalformed):
        form_of(text)


def test_the_longest_code_has_35_characters():
    longest = "H26" + ".123" * 8
    assert form_of(longest) == "qd20"
    with pytest.raises(AgencyCodeMalformed):
        form_of("H26" + ".123" * 6 + ".12" * 3)


def test_the_form_is_recognised():
    assert form_of("000.00.00.H41") == "qcvn102"
    assert form_of("H41.05") == "qd20"


def test_typed_codes_are_trimmed_and_capitalised():
    assert parse_agency_code(" h26.12 ") == "H26.12"


@given(LEVEL_ONE, st.lists(st.integers(1, 99), max_size=2), st.integers(0, 999))
def test_codes_without_gaps_survive_the_round_trip(level_one, groups, last):
    parts = [level_one, *(f"{group:02}" for group in groups)]
    if len(groups) == 2 and last:
        parts.append(f"{last:03}")
    code = ".".join(parts)
    assert to_qd20(to_102(code)) == code
