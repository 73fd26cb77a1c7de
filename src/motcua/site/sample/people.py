"""Made-up people and firms, from small lists of our own and a given source of chance.

Numbers are valid in shape and meant to be nobody's: telephone numbers lie in one low block, tax
codes and personal numbers are drawn at random, addresses for letters cannot exist.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from random import Random

from stdnum.vn import mst

from motcua.kernel.vietnamese import fold

_NAMES = tomllib.loads((files("motcua.site.sample") / "names.toml").read_text(encoding="utf-8"))
# Registered in Hanoi; the digit of the century is that of 1900–1999.
_PROVINCE = "001"
_CENTURY = {"male": "0", "female": "1"}


def person(chance: Random) -> dict[str, object]:
    """Give a citizen as a form states one."""
    sex = chance.choice(("male", "female"))
    called = _name(chance, sex)
    return {
        "kind": "person",
        "name": called,
        "number": personal_number(chance, sex),
        "phone": phone(chance),
        "email": _email(called),
        "address": address(chance),
    }


def enterprise(chance: Random) -> dict[str, object]:
    """Give a firm as a form states one."""
    called = firm_name(chance)
    return {
        "kind": "enterprise",
        "name": called,
        "tax_code": tax_code(chance),
        "phone": phone(chance),
        "email": _email(called),
        "address": address(chance),
    }


def name(chance: Random) -> str:
    """Give the name of somebody."""
    return _name(chance, chance.choice(("male", "female")))


def firm_name(chance: Random) -> str:
    """Give the name of a firm."""
    return f"Công ty TNHH {word(chance, 'trades')} {word(chance, 'firms')}"


def address(chance: Random) -> str:
    """Give an address in a real ward, in a street that is not there."""
    street, ward = word(chance, "streets"), word(chance, "wards")
    return f"Số {chance.randint(1, 180)} phố {street}, {ward}, Hà Nội"


def word(chance: Random, kind: str) -> str:
    """Give one of the words of a kind (a list in `names.toml`)."""
    found: str = chance.choice(_NAMES[kind])
    return found


def phone(chance: Random, *, of: int = 100_000) -> str:
    """Give one of so many mobile numbers."""
    return f"09000{chance.randrange(of):05}"


def tax_code(chance: Random) -> str:
    """Give a tax code with a check digit that fits."""
    while True:
        digits = f"01{chance.randrange(1, 10_000_000):07}"
        code = digits + mst.calc_check_digit(digits)
        if mst.is_valid(code):
            return code


def personal_number(chance: Random, sex: str) -> str:
    """Give a personal number of somebody grown up."""
    year = chance.randint(55, 99)
    return f"{_PROVINCE}{_CENTURY[sex]}{year:02}{chance.randrange(1_000_000):06}"


def _email(called: str) -> str:
    """Give an address under a reserved ending (RFC 2606), which no letter can leave for."""
    return f"{'.'.join(fold(called).split())}@thu.example"


def _name(chance: Random, sex: str) -> str:
    lists = (_NAMES["surnames"], _NAMES[sex]["middle"], _NAMES[sex]["given"])
    return " ".join(chance.choice(words.split()) for words in lists)
