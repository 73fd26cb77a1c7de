"""Telephone numbers: one spelling (E.164) for search and exchange, the typed text for people."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from motcua.kernel.codes.numbering import renumbered_fixed, renumbered_mobile
from motcua.kernel.errors import Refused

Kind = Literal["mobile", "fixed", "service", "other", "foreign"]

SERVICE_NUMBERS = frozenset({"111", "112", "113", "114", "115", "156", "1022", "5656"})
"""Short codes people write in reports; no library holds them for valid."""

_COUNTRY = 84
_SEPARATORS = re.compile(r"[\s.\-‐‑‒–—−()/]+")
_TYPED = re.compile(r"\+?[0-9]{3,15}")
_SERVICE = re.compile(r"1[89]00[0-9]{4}(?:[0-9]{2})?")
_NEW_MOBILES_BEFORE_2018 = ("086", "088", "089")
_KINDS: dict[int, Kind] = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed",
}


class PhoneInvalid(Refused):
    """No number that can be called."""

    code = "phone.invalid"
    vi = "Số điện thoại “{text}” không đúng; hãy nhập như 0912345678 hoặc 024 3825 1234."
    en = "Phone number “{text}” is not valid; type it like 0912345678 or 024 3825 1234."


@dataclass(frozen=True, slots=True)
class Phone:
    """``number`` is E.164 (``+84…``), of a service the digits one dials; ``raw`` as typed."""

    raw: str
    number: str
    kind: Kind

    @classmethod
    def parse(cls, raw: str, *, on: date | None = None) -> Phone:
        """Read 0…, +84…, 84…, old 11-digit mobiles, old area codes and service numbers.

        Some old fixed numbers look like mobiles of today (038… was Nghệ An): today's reading
        wins unless ``on``, the day the number was written down, lies before the change.
        Raises ``PhoneInvalid``.
        """
        typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw))
        if not _TYPED.fullmatch(typed):
            raise PhoneInvalid(text=raw.strip()[:40])
        national = _national(typed)
        if national in SERVICE_NUMBERS or _SERVICE.fullmatch(national):
            return cls(raw, national, "service")
        for candidate in _candidates(national, on):
            found = _recognise(candidate)
            if found:
                return cls(raw, *found)
        raise PhoneInvalid(text=raw.strip()[:40])


def _national(typed: str) -> str:
    """Turn +84…, 0084… and 84… into 0…; 00… into +…; leave the rest."""
    if typed.startswith("00"):
        typed = "+" + typed[2:]
    bare = typed.removeprefix("+")
    if bare.startswith("84") and (typed[0] == "+" or len(bare) >= 11):
        rest = bare[2:].removeprefix("0")
        return rest if _SERVICE.fullmatch(rest) else "0" + rest
    return typed


def _candidates(national: str, on: date | None) -> list[str]:
    """List the readings of a number in the order in which they are believed."""
    fixed = None
    if on is not None and not national.startswith(_NEW_MOBILES_BEFORE_2018):
        fixed = renumbered_fixed(national, on=on)
    readings = [fixed, national, renumbered_mobile(national), renumbered_fixed(national)]
    return [reading for reading in readings if reading]


@lru_cache(maxsize=4096)  # one number is noted, filed, shown and searched for
def _recognise(candidate: str) -> tuple[str, Kind] | None:
    try:
        number = phonenumbers.parse(candidate, "VN")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    text = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.country_code != _COUNTRY:
        return text, "foreign"
    return text, _KINDS.get(phonenumbers.number_type(number), "other")
