"""What a letter is set from: its own template and the parts that the letters of a house share."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from django.conf import settings

from motcua.kernel.errors import Refused

SHARED = "_house"
"""The name under which a template imports the shared parts: `#import "_house.typ": *`."""

SHIPPED = 0
"""The number of the edition that ships with the software."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class LetterUnknown(Refused):
    """The system has no template of this name."""

    code = "documents.letter_unknown"
    vi = "Hệ thống {system} không có mẫu văn bản “{letter}”."
    en = "The system {system} has no letter “{letter}”."
    status = 404


@dataclass(frozen=True)
class Sources:
    """An edition of a letter, whole: nothing outside it changes what is set from it.

    `edition` is `SHIPPED` or a number of the editions kept in the database, None for a draft.
    """

    letter: str
    text: str
    shared: str
    edition: int | None = SHIPPED

    @cached_property
    def digest(self) -> bytes:
        """Give the SHA-256 of both texts."""
        whole = json.dumps([self.text, self.shared], ensure_ascii=False)
        return hashlib.sha256(whole.encode()).digest()

    @property
    def is_trusted(self) -> bool:
        """Tell whether it came with the software, reviewed as its code is."""
        return self.edition == SHIPPED

    def files(self) -> dict[str, str]:
        """Give the files that Typst reads, by name."""
        return {"main.typ": self.text, f"{SHARED}.typ": self.shared}


def shipped(system: str, letter: str) -> Sources:
    """Give the edition that ships; raises `LetterUnknown`."""
    sources = templates(system)
    if not _NAME.fullmatch(letter) or f"{letter}.typ" not in sources:
        raise LetterUnknown(system=system, letter=letter)
    return Sources(letter, sources[f"{letter}.typ"].decode(), _shared(system))


def _shared(system: str) -> str:
    """Give the parts that a system's letters share; those of another one where it ships none."""
    named = f"{SHARED}.typ"
    found = (templates(one).get(named) for one in (system, *installed()))
    return next((said.decode() for said in found if said), "")


def system_with(letter: str) -> str:
    """Give the first system that has a template of this name. Raises `LetterUnknown`."""
    for system in installed():
        if f"{letter}.typ" in templates(system):
            return system
    raise LetterUnknown(system="", letter=letter)


def installed() -> tuple[str, ...]:
    """Give the keys of the systems that this house runs."""
    return tuple(str(package.rpartition(".")[2]) for package in settings.MOTCUA_SYSTEMS)


def templates(system: str) -> dict[str, bytes]:
    """Give the templates of a system by file name; empty for a system that is not installed."""
    return {name: said for name, said in folder(system).items() if name.endswith(".typ")}


@cache
def folder(system: str) -> dict[str, bytes]:
    """Give every file of a system's `letters` folder by name."""
    package = next((p for p in settings.MOTCUA_SYSTEMS if p.rpartition(".")[2] == system), None)
    if package is None:
        return {}
    found = files(package).joinpath("letters")
    if not found.is_dir():
        return {}
    return {one.name: one.read_bytes() for one in found.iterdir() if one.is_file()}
