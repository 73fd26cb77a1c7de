"""Dictionary order and the order of names."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.vietnamese import name_key, sort_key

SYLLABLES = st.sampled_from(
    ["ba", "bà", "Bá", "bạ", "ban", "bân", "đa", "da", "hoà", "hòa", "2", "10"]
)
PHRASES = st.lists(SYLLABLES, max_size=4).map(" ".join)


def in_order(*texts, key=sort_key):
    backwards = texts[::-1]
    return sorted(backwards, key=key) == list(texts)


def test_the_alphabet():
    assert in_order(*"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


@pytest.mark.parametrize("letter", list("aăâeêioôơuưy"))
def test_the_tones(letter):
    marks = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    assert in_order(*(unicodedata.normalize("NFC", f"l{letter}{mark}n") for mark in marks))


@pytest.mark.parametrize(
    "texts",
    [
        ("ba", "ba ba", "ba bể", "bà", "bà ba", "bá", "ban", "bân"),
        ("da", "dạ", "ða", "đa", "ðe", "em"),
        ("hoa", "hoà", "hoá", "hoai"),
        ("Phường 2", "Phường 10", "Phường An", "Phường Ân"),
        ("Cầu Giấy", "Đống Đa", "Hà Đông", "Hai Bà Trưng", "Hoàn Kiếm"),
        ("", "1", "a"),
    ],
)
def test_dictionary_order(texts):
    assert in_order(*texts)


def test_case_and_place_of_the_tone_matter_last():
    assert in_order("hòa 1", "hoà 2", "Hòa 3")
    assert in_order("An bình", "an Bình 1", "An bình 2")


def test_names_sort_by_the_last_word_first():
    assert in_order(
        "Trần Bình An",
        "Lê Ánh",
        "Đỗ Văn Bình",
        "Nguyễn An Bình",
        "Nguyễn Văn Bình",
        "Phạm Đạt",
        key=name_key,
    )


def test_a_name_of_one_word_comes_before_longer_ones():
    assert in_order("", "An", "Bùi An", "Bùi Văn An", key=name_key)


@given(st.text(), st.text())
def test_different_texts_never_share_a_key(one, other):
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (sort_key(one) == sort_key(other)) is same


@given(st.text())
def test_every_unicode_form_has_the_same_key(text):
    decomposed = unicodedata.normalize("NFD", text)
    assert sort_key(decomposed) == sort_key(text)
    assert name_key(decomposed) == name_key(text)


@given(PHRASES, PHRASES, PHRASES)
def test_a_common_beginning_keeps_the_order(start, one, other):
    before = sort_key(f"{start} {one}") < sort_key(f"{start} {other}")
    alike = sort_key(one) == sort_key(other)
    assert alike or before is (sort_key(one) < sort_key(other))


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_sort_by_value(one, other):
    assert (sort_key(f"tổ {one}") < sort_key(f"tổ {other}")) is (one < other)
