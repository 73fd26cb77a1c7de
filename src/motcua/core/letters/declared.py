"""What a system declares of its letters: what each is called, and the parts the law asks of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from motcua.core.letters.sources import LetterUnknown, folder, installed, templates
from motcua.core.procedures.declaration import Text
from motcua.core.procedures.faults import UnreadableSystem
from motcua.core.procedures.table import Table, parse
from motcua.kernel.flow.faults import Fault

FILE = "letters.toml"
ASKED = ("", "always", "fees", "book")


@dataclass(frozen=True, slots=True)
class Part:
    """An obligatory part: words that the paper says, or a picture of the data that it draws.

    `says` may hold values of the data, `{head.place}`; `least` is the least width in mm.
    """

    key: str
    name: Text
    says: tuple[str, ...]
    draws: str
    least: int
    basis: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: `name` in lists, `told` on its paper unless a procedure names it otherwise.

    `asked` tells what asks for it: moves that name it (empty), `always`, `fees` or `book`. `drafts`
    is the kind of official document that is drafted from it, or nothing.
    """

    system: str
    key: str
    name: Text
    told: Text
    by_law: bool
    asked: str
    parts: tuple[Part, ...]
    drafts: str = ""

    @property
    def address(self) -> str:
        """Give the name under which pages know it: `one_stop.form01`."""
        return f"{self.system}.{self.key}"


def letters() -> tuple[Letter, ...]:
    """Give every letter of every installed system, in the order of the declarations."""
    return tuple(one for system in installed() for one in letters_of(system).values())


def letter_at(address: str) -> Letter:
    """Give a letter by its address; raises `LetterUnknown`."""
    system, _, key = address.partition(".")
    found = letters_of(system).get(key) if system in installed() else None
    if found is None:
        raise LetterUnknown(system=ascii(system)[1:-1], letter=ascii(key)[1:-1])
    return found


@cache
def letters_of(system: str) -> Mapping[str, Letter]:
    """Give the letters of a system by key; raises `UnreadableSystem` with every fault.

    A template that the file does not name is a letter too, without obligatory parts.
    """
    text = folder(system).get(FILE, b"").decode()
    faults: list[Fault] = []
    table = parse(text, faults)
    parts = {key: _part(key, row) for key, row in table.tables("parts")}
    found = {key: _letter(system, key, row, parts) for key, row in table.tables("letters")}
    table.close()
    if faults:
        raise UnreadableSystem(faults)
    for name in sorted(templates(system)):
        key = name.removesuffix(".typ")
        if not key.startswith("_"):
            plain = Text(key, key)
            found.setdefault(
                key, Letter(system, key, plain, plain, by_law=False, asked="", parts=())
            )
    return {key: one for key, one in found.items() if f"{key}.typ" in templates(system)}


def _part(key: str, row: Table) -> Part:
    return Part(
        key,
        row.words("name"),
        row.texts("says", ()),
        row.text("draws", ""),
        row.count("least"),
        row.text("basis"),
    )


def _letter(system: str, key: str, row: Table, parts: Mapping[str, Part]) -> Letter:
    named = row.texts("parts")
    for one in named:
        if one not in parts:
            row.note("procedure.not_one_of", "parts", value=one, allowed=", ".join(parts))
    return Letter(
        system,
        key,
        row.words("name"),
        row.words("told"),
        row.flag("by_law"),
        row.one_of("asked", ASKED, ""),
        tuple(parts[one] for one in named if one in parts),
        row.text("drafts", ""),
    )
