"""Folding for search."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.vietnamese import fold, words

VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
TEXT = st.text(
    st.one_of(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + "-/. Ðð"), st.characters())
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phường Đống Đa", "phuong dong da"),
        ("  Số 12/4,\tngõ 5 ", "so 12 4 ngo 5"),
        ("H26.12-250701-0001", "h26 12 250701 0001"),
        ("Ðặng ðức", "dang duc"),
        ("NGUYỄN TRƯỜNG ĐẠT", "nguyen truong dat"),
        ("…", ""),
    ],
)
def test_marks_case_and_punctuation_vanish(text, folded):
    assert fold(text) == folded


def test_both_spellings_fold_alike():
    assert fold("huỷ xoá") == fold("hủy xóa")


def test_every_vietnamese_letter_becomes_a_plain_one():
    assert set(fold(VIETNAMESE + VIETNAMESE.upper())) == set("aeiouyd")


def test_words_come_in_order():
    assert words("Uỷ ban, phường: Ba Đình") == ("uy", "ban", "phuong", "ba", "dinh")


@given(TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_every_unicode_form_folds_alike(text):
    assert fold(unicodedata.normalize("NFC", text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(TEXT, TEXT)
def test_words_of_a_joined_text_are_the_words_of_its_parts(one, other):
    assert words(f"{one} {other}") == words(one) + words(other)


@given(TEXT)
def test_only_letters_digits_and_single_spaces_remain(text):
    assert all(word.isalnum() for word in words(text))
    assert fold(text) == " ".join(words(text))
