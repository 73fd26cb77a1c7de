"""Reading the environment: a value that cannot be is refused with a sentence, not a traceback."""

from __future__ import annotations

import os
from zoneinfo import available_timezones

from motcua.kernel.errors import Refused


class SettingWrong(Refused):
    """A variable of the environment has a value that cannot be."""

    code = "settings.wrong"
    vi = "Biến môi trường {name} không nhận giá trị “{value}”; cần: {wanted}."
    en = "The environment variable {name} cannot be “{value}”; needed: {wanted}."


def flag(name: str) -> bool:
    """Read 0 (the default) or 1."""
    return one_of(name, "0", "1") == "1"


def number(name: str, default: int) -> int:
    """Read a whole number."""
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdecimal() and len(value) < len(str(2**63))):
        raise SettingWrong(name=name, value=value[:40], wanted="0, 1, 2, …")
    return int(value)


def one_of(name: str, default: str, *others: str) -> str:
    """Read one of a few words, the first of which is the default."""
    value = os.environ.get(name, default)
    if value not in {default, *others}:
        raise SettingWrong(name=name, value=value, wanted=" | ".join((default, *others)))
    return value


def zone(name: str, default: str) -> str:
    """Read the IANA name of a time zone."""
    value = os.environ.get(name, default)
    if value != default and value not in available_timezones():
        raise SettingWrong(name=name, value=value, wanted=f"{default}, …")
    return value
