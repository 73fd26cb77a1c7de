"""Fold text for search: no diacritics, no case, no punctuation, whatever the Unicode form."""

from __future__ import annotations

import unicodedata

_CACHED_BELOW = 0x2000
"""Latin, Vietnamese and the combining marks lie below; hostile text can't fill the memory."""

_PLAIN = {"đ": "d", "ð": "d"}  # eth is what some old fonts and keyboards leave for đ


class _Table(dict[int, str]):
    """Code point → folded text, computed on first use."""

    def __missing__(self, point: int) -> str:
        folded = _fold_character(chr(point))
        if point < _CACHED_BELOW:
            self[point] = folded
        return folded


def fold(text: str) -> str:
    """Give words of plain lower-case letters and digits with single spaces between them.

    ``fold("Phường Đống Đa")`` is ``"phuong dong da"``. Composed and decomposed input, and the
    two spellings huỷ and hủy, fold alike; folding twice changes nothing.
    """
    return " ".join(text.translate(_TABLE).split())


def words(text: str) -> tuple[str, ...]:
    """Give the folded words of a text, in order."""
    return tuple(text.translate(_TABLE).split())


def _fold_character(character: str) -> str:
    plain = _without_marks(_without_marks(character).lower())
    return "".join(_PLAIN.get(part, part) if part.isalnum() else " " for part in plain)


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(part for part in decomposed if not unicodedata.category(part).startswith("M"))


_TABLE = _Table()
