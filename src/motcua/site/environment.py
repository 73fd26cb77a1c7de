"""Reading the environment: a value that cannot be is refused with a sentence, not a traceback."""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import available_timezones

from motcua.core.closed import closed
from motcua.kernel.errors import Refused


class SettingWrong(Refused):
    """A variable of the environment has a value that cannot be."""

    code = "settings.wrong"
    vi = "Biến môi trường {name} không nhận giá trị “{value}”; cần: {wanted}."
    en = "The environment variable {name} cannot be “{value}”; needed: {wanted}."


class SecretTwice(Refused):
    """A secret is given both in the environment and in a file."""

    code = "settings.secret_twice"
    vi = "Chỉ đặt một trong hai biến {name} và {name}_FILE."
    en = "Set either {name} or {name}_FILE, not both."


class SecretMissing(Refused):
    """The file that should hold a secret cannot be read."""

    code = "settings.secret_missing"
    vi = "Không đọc được tệp mà {name}_FILE chỉ tới: {reason}."
    en = "The file that {name}_FILE names cannot be read: {reason}."


def secret(name: str, default: str = "") -> str:
    """Read a secret from `NAME`, or from the file that `NAME_FILE` names (its last line end falls).

    A file keeps it from whoever lists processes and from crash reports. The value is never told.
    Raises `SecretTwice`, `SecretMissing` and `SecretOpen`.
    """
    place = os.environ.get(f"{name}_FILE")
    if not place:
        return os.environ.get(name, default)
    if os.environ.get(name):
        raise SecretTwice(name=name)
    try:
        return closed(Path(place)).read_text(encoding="utf-8").removesuffix("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        raise SecretMissing(name=name, reason=reason) from None


def flag(name: str) -> bool:
    """Read 0 (the default) or 1."""
    return one_of(name, "0", "1") == "1"


def number(name: str, default: int) -> int:
    """Read a whole number."""
    value = os.environ.get(name, str(default))
    if not (value.isascii() and value.isdecimal() and len(value) < len(str(2**63))):
        raise SettingWrong(name=name, value=value[:40], wanted="0, 1, 2, …")
    return int(value)


def folder(name: str, default: Path) -> Path:
    """Read the path of a folder; an empty one is the default, not where one stands."""
    return Path(os.environ.get(name) or default).absolute()


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
