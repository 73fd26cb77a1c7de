"""The look-up number that a citizen gets on filing: ``XXXXX-XXXXX``, easy to read and to type.

23 signs: no vowels, W or D, so that it spells no word and a Vietnamese keyboard (Telex, VNI)
left on does not change it; and none of 0 O 1 I L U Y, nor S and Z, which are read as 5 and 2.
23 is prime: with a different weight at each place the check sign finds every single wrong sign
and every swap of two signs. Nine free signs carry 40.7 bits.
"""

from __future__ import annotations

from motcua.kernel.errors import Refused

ALPHABET = "23456789BCFGHJKMNPQRTVX"
LENGTH = 10
MIN_RANDOM_BYTES = 16

_BASE = len(ALPHABET)
_VALUES = {sign: value for value, sign in enumerate(ALPHABET)}
_GROUP = 5
_FORGIVEN = str.maketrans("SZ", "52", " -‐‑‒–—−\t\u00a0")


class LookupMalformed(Refused):
    """Not ten signs of the alphabet."""

    code = "lookup.malformed"
    vi = "Số tra cứu gồm 10 chữ và số, như đã cấp khi nộp hồ sơ; hãy xem lại."
    en = "A look-up number has 10 letters and digits, as given at filing; check it again."


class LookupMistyped(Refused):
    """The check sign does not fit: a sign is wrong or two are swapped."""

    code = "lookup.mistyped"
    vi = "Số tra cứu có ký tự gõ nhầm; hãy đối chiếu từng ký tự với số đã cấp khi nộp hồ sơ."
    en = "The look-up number has a typing error; compare it with the one given at filing."


def make_lookup(random: bytes) -> str:
    """Build a look-up number from at least 16 random bytes of a cryptographic source.

    Fewer bytes raise ``ValueError``: the number would be predictable or uneven.
    """
    if len(random) < MIN_RANDOM_BYTES:
        raise ValueError(f"a look-up number needs {MIN_RANDOM_BYTES} random bytes")
    rest, values = int.from_bytes(random, "big"), []
    for _ in range(LENGTH - 1):
        rest, value = divmod(rest, _BASE)
        values.append(value)
    values.append(_check_value(values))
    return _grouped("".join(ALPHABET[value] for value in values))


def parse_lookup(text: str) -> str:
    """Give the number in its one spelling; lower case, spaces and dashes are forgiven,
    S and Z are read as 5 and 2.

    Raises ``LookupMalformed`` or ``LookupMistyped``.
    """
    signs = text.strip().upper().translate(_FORGIVEN)
    if len(signs) != LENGTH or not set(signs) <= _VALUES.keys():
        raise LookupMalformed
    *values, check = (_VALUES[sign] for sign in signs)
    if check != _check_value(values):
        raise LookupMistyped
    return _grouped(signs)


def _check_value(values: list[int]) -> int:
    """Solve Σ weight·value ≡ 0 (mod 23), weights 10 … 2 and 1 for the check sign itself."""
    weighted = sum((LENGTH - place) * value for place, value in enumerate(values))
    return -weighted % _BASE


def _grouped(signs: str) -> str:
    return f"{signs[:_GROUP]}-{signs[_GROUP:]}"
