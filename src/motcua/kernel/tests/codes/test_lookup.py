"""Look-up numbers: what a slip of the finger does to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.codes import LookupMalformed, LookupMistyped, make_lookup, parse_lookup
from motcua.kernel.codes.lookup import ALPHABET

RANDOM = st.binary(min_size=16, max_size=16)
LOOKUPS = RANDOM.map(make_lookup)
PLACES = [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]  # place 5 is the hyphen


def accepted(text):
    try:
        parse_lookup(text)
    except LookupMistyped:
        return False
    return True


def test_a_known_number():
    assert make_lookup(bytes(16)) == "22222-22222"
    assert make_lookup(bytes(15) + b"\x01") == "32222-2222J"
    assert make_lookup(bytes(15) + b"\x17") == "23222-2222K"


def test_the_alphabet_has_no_sign_that_is_misread():
    assert len(set(ALPHABET)) == len(ALPHABET) == 23
    assert not set(ALPHABET) & set("0O1ILUAEYWDSZ")


@given(LOOKUPS)
def test_shape_and_round_trip(lookup):
    assert lookup[5] == "-"
    assert len(lookup) == 11
    assert parse_lookup(lookup) == lookup


@given(LOOKUPS)
def test_every_single_wrong_sign_is_found(lookup):
    for place in PLACES:
        for sign in set(ALPHABET) - {lookup[place]}:
            assert not accepted(lookup[:place] + sign + lookup[place + 1 :])


@given(LOOKUPS)
def test_every_swap_of_two_signs_is_found(lookup):
    for first in PLACES:
        for second in (p for p in PLACES if p > first and lookup[p] != lookup[first]):
            signs = list(lookup)
            signs[first], signs[second] = signs[second], signs[first]
            assert not accepted("".join(signs))


@given(LOOKUPS)
def test_case_spaces_and_dashes_are_forgiven(lookup):
    assert parse_lookup(f"  {lookup.lower().replace('-', ' ')} ") == lookup
    assert parse_lookup(lookup.replace("-", "")) == lookup
    assert parse_lookup(" – ".join(lookup)) == lookup


def test_s_and_z_are_read_as_digits():
    assert parse_lookup("zzzzz-zzzzz") == "22222-22222"
    lookup = make_lookup(bytes(15) + b"\x03")
    assert lookup[0] == "5"
    assert parse_lookup("S" + lookup[1:]) == lookup


@pytest.mark.parametrize("text", ["", "22222-2222", "22222-222222", "22222-2222O", "2222２-22222"])
def test_other_shapes_are_refused(text):
    with pytest.raises(LookupMalformed):
        parse_lookup(text)


def test_too_little_randomness_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="16 random bytes"):
        make_lookup(bytes(15))


@given(RANDOM, RANDOM)
def test_the_number_depends_on_the_bytes_only(one, other):
    same = int.from_bytes(one, "big") % 23**9 == int.from_bytes(other, "big") % 23**9
    assert (make_lookup(one) == make_lookup(other)) is same
