"""One canonical JSON encoding to bytes, so that equal values always have equal hashes.

Keys sorted by code point, no white space, NFC text, UTF-8, integers only. Instants, dates and
decimals are given as text by the caller, who alone knows how they are to be written.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable

import orjson

from motcua.kernel.errors import Refused

MAX_DEPTH = 64
"""Deeper nesting is refused: nothing the ledger hashes comes near it."""

_SCALARS = frozenset({str, int, bool, type(None)})
_encode = json.JSONEncoder(
    ensure_ascii=False,
    sort_keys=True,
    separators=(",", ":"),
    check_circular=False,
    allow_nan=False,
).encode


class FloatFound(Refused):
    """A binary fraction has no single spelling, so it can't be hashed."""

    code = "canonical.float"
    vi = "Số lẻ {value} không ghi được vào sổ cái; hãy ghi bằng số nguyên hoặc bằng chữ."
    en = "The fraction {value} cannot be hashed; give an integer or text."


class NotEncodable(Refused):
    """A value of a type that JSON lacks, such as a datetime; the caller writes it as text."""

    code = "canonical.type"
    vi = "Không mã hoá được giá trị kiểu {kind}; hãy ghi bằng chữ."
    en = "A value of type {kind} cannot be encoded; give it as text."


class KeyNotText(Refused):
    """An object key that is not text would be spelled like another one."""

    code = "canonical.key"
    vi = "Tên trường phải là chữ, không phải {kind}."
    en = "An object key must be text, not {kind}."


class KeysCollide(Refused):
    """Two keys of one object are the same text after NFC."""

    code = "canonical.keys_collide"
    vi = "Hai tên trường trùng nhau sau khi chuẩn hoá: {key}."
    en = "Two keys are the same text once normalised: {key}."


class BrokenText(Refused):
    """Text holds half of a surrogate pair, which has no UTF-8 form."""

    code = "canonical.surrogate"
    vi = "Văn bản có ký tự hỏng, không mã hoá được."
    en = "The text holds a broken character and cannot be encoded."


class TooDeep(Refused):
    """Nesting beyond ``MAX_DEPTH``."""

    code = "canonical.depth"
    vi = "Dữ liệu lồng nhau quá {limit} lớp."
    en = "The data is nested deeper than {limit} levels."


def encode(value: object, *, trusted: bool = False) -> bytes:
    """Encode ``None``, text, booleans, integers, lists, tuples and dicts with text keys.

    Equal values give equal bytes whatever the order of keys and the Unicode form of the text.
    ``trusted`` leaves out the walk over the value: for callers that build it from such types alone.
    Raises ``FloatFound``, ``NotEncodable``, ``KeyNotText``, ``KeysCollide``, ``BrokenText`` or
    ``TooDeep``.
    """
    if not trusted and type(value) not in _SCALARS:
        _check(value, 0)
    try:
        data = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # an integer beyond 64 bits, or broken text, which is told by name there
        return _slowly(value)
    if data.isascii() or unicodedata.is_normalized("NFC", data.decode()):
        return data
    return _slowly(_normalised(value))


def _slowly(value: object) -> bytes:
    """Encode with the standard library: the same bytes, integers of any size."""
    text = _encode(value)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = _encode(_normalised(value))
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise BrokenText from error


def digest(value: object, *, trusted: bool = False) -> bytes:
    """Give the SHA-256 of ``encode(value)``: 32 bytes."""
    return hashlib.sha256(encode(value, trusted=trusted)).digest()


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise TooDeep(limit=MAX_DEPTH)
    if isinstance(value, dict):
        _check_keys(value)
        _check_items(value.values(), depth)
    elif isinstance(value, list | tuple):
        _check_items(value, depth)
    elif isinstance(value, float):
        raise FloatFound(value=value)
    elif not isinstance(value, str | int):  # an enumeration of text or numbers may pass
        raise NotEncodable(kind=type(value).__name__)


def _check_keys(value: dict[object, object]) -> None:
    for key in value:
        if not isinstance(key, str):
            raise KeyNotText(kind=type(key).__name__)


def _check_items(items: Iterable[object], depth: int) -> None:
    for item in items:
        if type(item) not in _SCALARS:
            _check(item, depth + 1)


def _normalised(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [_normalised(item) for item in value]
    if isinstance(value, dict):
        return _normalised_dict(value)
    return value


def _normalised_dict(value: dict[str, object]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, item in value.items():
        name = unicodedata.normalize("NFC", key)
        if name in result:
            raise KeysCollide(key=name)
        result[name] = _normalised(item)
    return result
