"""What text may enter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.vietnamese import ControlCharacter, TooLong, clean, nfc, within


def test_text_is_composed_and_trimmed():
    assert clean(unicodedata.normalize("NFD", "  Đặng Ðức ")) == "Đặng Ðức"
    assert nfc("o\u031b\u0300") == "ờ"


def test_pasted_spaces_and_invisible_signs_do_no_harm():
    assert clean("\ufeffNguyễn\u00a0Văn\tAn\u200b\r\n") == "Nguyễn Văn An"


@pytest.mark.parametrize(
    "sign",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066", "\ud800", "\n", "\r", "\u2028"],
)
def test_control_characters_are_refused_with_their_place(sign):
    with pytest.raises(ControlCharacter) as caught:
        clean(f"ab{sign}c")
    assert caught.value.details["position"] == 3
    assert caught.value.code == "text.control_character"
    assert "U+" in caught.value.text("vi")


def test_the_first_place_counts_too():
    with pytest.raises(ControlCharacter) as caught:
        clean("\x00ab")
    assert caught.value.details == {"character": "U+0000", "position": 1}


def test_lines_are_kept_where_lines_are_allowed():
    assert clean("một\r\nhai\rba\u2029bốn\n", multiline=True) == "một\nhai\nba\nbốn"


def test_other_control_characters_are_refused_in_lines_too():
    with pytest.raises(ControlCharacter):
        clean("một\nhai\x00", multiline=True)


def test_length_counts_composed_characters():
    assert within("o\u031b\u0300" * 3, limit=3)
    with pytest.raises(TooLong) as caught:
        clean("bốn chữ", limit=6)
    assert caught.value.details == {"length": 7, "limit": 6}


@given(st.text(), st.booleans())
def test_cleaning_twice_changes_nothing(text, multiline):
    try:
        once = clean(text, multiline=multiline)
    except ControlCharacter:
        return
    assert clean(once, multiline=multiline) == once
    assert unicodedata.is_normalized("NFC", once)
