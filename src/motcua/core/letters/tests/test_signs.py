"""What is printed has a glyph in every style; what has none is spelt out."""

from __future__ import annotations

import json
import re
import unicodedata

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.letters.signs import PRINTED, all_printable, printable

_STYLES = b"""#let d = json("data.json")
#set text(font: "Libertinus Serif", fallback: false)
#d #strong(d) #emph(d) #strong(emph(d))"""


def test_every_sign_of_the_table_is_in_every_style_of_the_font():
    inside = re.compile(f"[{PRINTED}]")
    signs = [chr(c) for c in range(0x20, 0x3000) if inside.match(chr(c))]
    assert len(signs) > 900
    source = {"main.typ": _STYLES, "data.json": json.dumps(" ".join(signs)).encode()}
    assert typst.compile(source, ignore_system_fonts=True, pdf_standards=["a-2b"])


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Nguyễn Ưỡng, 5 ₫ “đ” – …", "Nguyễn Ưỡng, 5 ₫ “đ” – …"),
        ("中\u200f\u202e😀", "[U+4E2D][U+1F600]"),
        ("a\tb\u00a0c\u3000d\x00", "a b c d[U+0000]"),
        (unicodedata.normalize("NFD", "Ễ"), "Ễ"),
        ("H26.11-261116-0042", "H26.11-261116-0042"),
    ],
)
def test_a_text_is_printed_or_spelt(text, printed):
    assert printable(text) == printed


@given(st.text(max_size=200))
def test_nothing_else_reaches_the_paper(text):
    assert re.fullmatch(f"[{PRINTED}\u200b]*", printable(text))


@given(st.text(st.sampled_from("abcđễ-+.\u0301 "), max_size=300))
def test_only_long_words_may_be_broken(text):
    shown = printable(text)
    assert shown.replace("\u200b", "") == unicodedata.normalize("NFC", text)
    assert max(map(len, re.split(r"[\s\u200b]", shown))) <= 28


def test_data_keep_their_shape():
    data = {"a": ["中", {"b": "x"}], "n": 1, "t": True}
    assert all_printable(data) == {"a": ["[U+4E2D]", {"b": "x"}], "n": 1, "t": True}


def test_an_address_breaks_after_its_sign_where_that_is_enough():
    assert printable("nguyen.truong.dat.hanoi@example.com") == (
        "nguyen.truong.dat.hanoi@\u200bexample.com"
    )
