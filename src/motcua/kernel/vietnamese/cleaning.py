"""Text as it may enter the house: NFC, trimmed, without characters that hide or break things."""

from __future__ import annotations

import re
import unicodedata

from motcua.kernel.errors import Refused

_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_SPACES = re.compile("[\t\u00a0\u202f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # pasted along, never typed on purpose
_REFUSED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class ControlCharacter(Refused):
    """NUL, a control character, a direction override or half a surrogate pair."""

    code = "text.control_character"
    vi = "Nội dung có ký tự điều khiển {character} ở vị trí {position}; hãy xoá và gõ lại."
    en = "The text has the control character {character} at position {position}; retype it."


class TooLong(Refused):
    """More characters than the field holds."""

    code = "text.too_long"
    vi = "Nội dung dài {length} ký tự, tối đa {limit}."
    en = "The text has {length} characters; at most {limit} are allowed."


def nfc(text: str) -> str:
    """Compose the text to Unicode NFC."""
    return unicodedata.normalize("NFC", text)


def clean(text: str, *, multiline: bool = False, limit: int | None = None) -> str:
    r"""Give the text in NFC, trimmed, with line breaks as ``\n`` when ``multiline``.

    Tabs and special spaces become spaces and zero-width characters vanish, as both arrive with
    pasted text. Raises ``ControlCharacter`` (also for a line break unless ``multiline``) and
    ``TooLong`` when a limit in characters is given.
    """
    text = _SPACES.sub(" ", _BREAKS.sub("\n", _INVISIBLE.sub("", text))).strip()
    _refuse_control(text, multiline=multiline)
    text = nfc(text)
    return text if limit is None else within(text, limit=limit)


def within(text: str, *, limit: int) -> str:
    """Give the text back if it has at most ``limit`` characters in NFC. Raises ``TooLong``."""
    length = len(nfc(text))
    if length > limit:
        raise TooLong(length=length, limit=limit)
    return text


def _refuse_control(text: str, *, multiline: bool) -> None:
    found = _REFUSED.search(text)
    position = found.start() if found else -1 if multiline else text.find("\n")
    if position >= 0:
        raise ControlCharacter(character=f"U+{ord(text[position]):04X}", position=position + 1)
