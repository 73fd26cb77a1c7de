"""The canonical encoding that everything hashed goes through."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import canonical
from motcua.kernel.canonical import (
    MAX_DEPTH,
    BrokenText,
    FloatFound,
    KeyNotText,
    KeysCollide,
    NotEncodable,
    TooDeep,
    digest,
    encode,
)

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT.map(lambda t: unicodedata.normalize("NFC", t)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abđ", max_size=3), inner),
    max_leaves=12,
)


class Outcome(StrEnum):
    LATE = "late"


class Grade(IntEnum):
    HIGH = 3


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def test_keys_are_sorted_and_nothing_is_padded():
    value = {"b": [1, True, None], "a": {"đ": "Đạt", "d": (2,)}}
    assert encode(value) == '{"a":{"d":[2],"đ":"Đạt"},"b":[1,true,null]}'.encode()


def test_enumerations_are_written_by_value():
    assert encode({"outcome": Outcome.LATE, "grade": Grade.HIGH}) == b'{"grade":3,"outcome":"late"}'


@pytest.mark.parametrize("value", [1.0, [0.5], {"a": {"b": float("nan")}}, float("inf")])
def test_floats_are_refused(value):
    with pytest.raises(FloatFound):
        encode(value)


@pytest.mark.parametrize(
    "value", [datetime(2025, 7, 1, tzinfo=UTC), [date(2025, 7, 1)], {"a": Decimal(1)}, {1}, b"x"]
)
def test_other_types_are_refused_with_their_name(value):
    with pytest.raises(NotEncodable) as caught:
        encode(value)
    assert "type" in caught.value.text("en")


@pytest.mark.parametrize("key", [1, None, True, 1.5, ("a",)])
def test_keys_must_be_text(key):
    with pytest.raises(KeyNotText):
        encode([{key: 1}])


def test_keys_that_become_one_are_refused():
    with pytest.raises(KeysCollide):
        encode({"ờ": 1, "o\u031b\u0300": 2})


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(BrokenText):
        encode(["\ud800"])


def test_depth_has_a_limit():
    assert encode(nested(MAX_DEPTH))
    with pytest.raises(TooDeep):
        encode(nested(MAX_DEPTH + 1))


def test_an_escape_before_a_combining_mark_stays_an_escape():
    assert json.loads(encode({"a": "\n\u0303"})) == {"a": "\n\u0303"}


def test_normalised_keys_are_sorted_after_normalising():
    decomposed = {"e\u0301": 1, "f": 2}
    assert encode(decomposed) == encode({"é": 1, "f": 2}) == '{"f":2,"é":1}'.encode()


def test_the_digest_is_sha256_of_the_encoding():
    assert digest({"a": 1}) == hashlib.sha256(b'{"a":1}').digest()


@given(VALUES)
def test_the_encoding_says_the_whole_value(value):
    assert json.loads(encode(value)) == value


@given(st.dictionaries(TEXT, TEXT))
def test_order_of_keys_and_unicode_form_do_not_matter(value):
    composed = {nfc(key): nfc(item) for key, item in value.items()}
    backwards = {nfd(key): nfd(item) for key, item in reversed(composed.items())}
    assert encode(backwards) == encode(composed)


def nfc(text):
    return unicodedata.normalize("NFC", text)


def nfd(text):
    return unicodedata.normalize("NFD", text)


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_PLAIN)
def test_the_fast_way_and_the_slow_way_give_the_same_bytes(value):
    try:
        slow = canonical._slowly(value)
    except canonical.KeysCollide:
        with pytest.raises(canonical.KeysCollide):
            canonical.encode(value)
    else:
        assert canonical.encode(value) == slow
