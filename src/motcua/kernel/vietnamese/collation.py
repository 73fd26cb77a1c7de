"""Vietnamese dictionary order as keys of bytes, so that a database can sort by them too.

Syllable by syllable: first its letters in the Vietnamese alphabet, then its tone (ngang, huyền,
hỏi, ngã, sắc, nặng). Numbers sort by value. What this leaves equal (case, punctuation, where a
tone mark stands) is settled by the text itself, so no two different texts share a key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = frozenset("\u0302\u0306\u031b")  # circumflex, breve and horn make another letter

_END, _TONE, _NUMBER, _LETTER, _OTHER = 0x01, 0x02, 0x10, 0x20, 0xF0
_WEIGHTS = {letter: bytes((_LETTER + place,)) for place, letter in enumerate(_ALPHABET)}
_WEIGHTS["ð"] = _WEIGHTS["đ"]

_SYLLABLE = re.compile(r"[^\W_]+")
_PIECE = re.compile(r"[0-9]+|[^0-9]")


def sort_key(text: str) -> bytes:
    """Give the key by which a text takes its place in a Vietnamese dictionary."""
    text = unicodedata.normalize("NFC", text)
    return _weigh(text) + _tail(text)


def name_key(full_name: str) -> bytes:
    """Give the key of a person's name: by tên (the last word), then by họ and đệm."""
    text = unicodedata.normalize("NFC", full_name)
    *before, given = text.split() or [""]
    return _weigh(given) + bytes((_END,)) + _weigh(" ".join(before)) + _tail(text)


def _tail(text: str) -> bytes:
    return bytes((_END,)) + text.encode("utf-8", "surrogatepass")


def _weigh(text: str) -> bytes:
    return b"".join(_weigh_syllable(syllable) for syllable in _SYLLABLE.findall(text.lower()))


@lru_cache(maxsize=8192)  # the language has about that many syllables
def _weigh_syllable(syllable: str) -> bytes:
    toneless, tone = _take_tone(syllable)
    weights = b"".join(_weigh_piece(piece) for piece in _PIECE.findall(toneless))
    return weights + bytes((_TONE, _TONE + 1 + tone))


def _take_tone(syllable: str) -> tuple[str, int]:
    if syllable.isascii():
        return syllable, 0
    parts = unicodedata.normalize("NFD", syllable)
    tone = next((_TONES[part] for part in parts if part in _TONES), 0)
    kept = (part for part in parts if part in _SHAPES or not unicodedata.combining(part))
    return unicodedata.normalize("NFC", "".join(kept)), tone


def _weigh_piece(piece: str) -> bytes:
    if "0" <= piece[0] <= "9":
        digits = piece.lstrip("0")
        return bytes((_NUMBER, min(len(digits), 0xFF))) + digits.encode()
    return _WEIGHTS.get(piece) or bytes((_OTHER,)) + ord(piece).to_bytes(3, "big")
