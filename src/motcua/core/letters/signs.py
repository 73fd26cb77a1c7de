"""Which signs a letter prints as they are: those that every style of its font holds.

PDF/A forbids a sign without a glyph, so a sign outside the table is written as its code point
(`[U+4E2D]`) and the paper is made all the same. Invisible format signs (joiners, marks of
direction) are left out: on paper they could only reorder what stands there.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_WORD = 28
"""Longer words may be broken anywhere, or they would run off the paper."""

PRINTED = (
    " -~¡-¬®-ſƠơƯưǺ-ǿȘ-ț\u02c6-\u02dd\u0300-\u036f΄-ΊΌΎ-ΡΣ-ώЀЁЃ-ёѓѕ-јќ-ў"
    "Ḁ-ẛẠ-ỹ‐-‧‰-‷‹-‾⁄⁰ⁱ⁴-₎₫€℃№™⅓-⅞←-↕−√∞≈≠≤≥■□●⟦⟧"
)
"""The signs as the inside of a character class; a test prints all of them in every style."""

_OTHER = re.compile(f"[^{PRINTED}]")
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_SPLIT = re.compile(r"\S{4}(?=[^\s\u0300-\u036f])")
_MAY_BREAK = "\u200b"


def printable(text: str) -> str:
    """Give a text as it is printed on one line or, where it is long, in one paragraph."""
    text = unicodedata.normalize("NFC", text)
    text = _OTHER.sub(_spelt, text)
    return _LONG.sub(lambda word: _breakable(word[0]), text)


def _breakable(word: str) -> str:
    """Let a word break anywhere; an e-mail address only after its @ where that is enough."""
    return _MAY_BREAK.join(
        _SPLIT.sub(rf"\g<0>{_MAY_BREAK}", part) if len(part) > LONGEST_WORD else part
        for part in re.split("(?<=@)", word)
    )


def all_printable(value: object) -> object:
    """Give JSON data with every text made printable; keys and other values stay."""
    match value:
        case str():
            return printable(value)
        case dict():
            return {key: all_printable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [all_printable(inner) for inner in value]
        case _:
            return value


def _spelt(found: re.Match[str]) -> str:
    sign = found[0]
    category = unicodedata.category(sign)
    if category == "Cf":
        return ""
    if category[0] == "Z" or sign in "\t\n\r":
        return " "
    return f"[U+{ord(sign):04X}]"
