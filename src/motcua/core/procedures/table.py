"""One TOML table as it is read: a fault is noted with its place and reading goes on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from motcua.core.procedures.declaration import Text
from motcua.core.procedures.faults import fault
from motcua.kernel.errors import Refused
from motcua.kernel.flow.faults import Fault
from motcua.kernel.vietnamese import clean, nfc

MAX_FILE = 500_000
"""A file longer than this many characters is no procedure."""

_KEY = re.compile(r"[a-z][a-z0-9_]*")


class Table:
    """A table under ``where``; all tables of one file share the list of faults."""

    def __init__(self, data: dict[str, Any], where: str, faults: list[Fault]) -> None:
        self.where = where
        self._data = data
        self._faults = faults
        self._used: set[str] = set()
        self._below: list[Table] = []

    def place(self, key: str) -> str:
        """Write the place of a key, as in ``moves.receive.to``."""
        return f"{self.where}.{key}" if self.where else key

    def note(self, code: str, key: str, **details: object) -> None:
        """Note a fault at a key; the sentences are told its name as ``key``."""
        self._faults.append(fault(code, self.place(key), **{"key": key, **details}))

    def note_refusal(self, key: str, wrong: Refused) -> None:
        """Note what the kernel says against a value."""
        self._faults.append(Fault(wrong.code, wrong.text("vi"), wrong.text("en"), self.place(key)))

    def has(self, key: str) -> bool:
        """Tell whether the key is there, without reading it."""
        return key in self._data

    def text(self, key: str, default: str | None = None, *, limit: int = 200) -> str:
        """Read words; a missing key without default is a fault."""
        value = self._take(key, str, "text", default)
        return self.cleaned(key, value, limit=limit) if isinstance(value, str) else ""

    def cleaned(self, key: str, value: str, *, limit: int) -> str:
        """Give the words as the house keeps them, noting what is wrong with them."""
        try:
            value = clean(value, multiline=True)
        except Refused:
            self.note("procedure.control_character", key)
        if len(value) > limit:
            self.note("procedure.too_long", key, length=len(value), limit=limit)
        return value

    def one_of(self, key: str, allowed: Collection[str], default: str | None = None) -> str:
        """Read one of some words; after a fault the first of them stands in."""
        value = self.text(key, default)
        if value in allowed:
            return value
        if value:
            self.note("procedure.not_one_of", key, value=value, allowed=", ".join(allowed))
        return next(iter(allowed))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        return bool(self._take(key, bool, "true/false", default))

    def whole(self, key: str, default: int | None = 0) -> int | None:
        """Read a whole number."""
        value = self._take(key, int, "number", default) if self.has(key) else default
        return value if isinstance(value, int) else default

    def count(self, key: str, default: int = 0) -> int:
        """Read a whole number that is not negative."""
        value = self.whole(key, default)
        assert value is not None
        if value < 0:
            self.note("procedure.negative", key)
        return max(value, 0)

    def hours(self, key: str = "hours") -> int:
        """Read hours (whole or with a fraction) and give working minutes."""
        value = self._take(key, (int, float, Decimal), "number", 0)
        try:
            minutes = Fraction(str(value)) * 60
        except ValueError:  # inf and nan are TOML numbers
            minutes = Fraction(-1)
        if minutes < 0 or minutes.denominator != 1:
            self.note("procedure.hours", key)
            return 0
        return int(minutes)

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Read a list of words; a single word is a list of one."""
        value = self._take(
            key, (str, list), "text | list", None if default is None else list(default)
        )
        items = [value] if isinstance(value, str) else value or []
        if not all(isinstance(item, str) for item in items):
            self.note("procedure.wrong_type", key, wanted="list of texts")
            return ()
        return tuple(nfc(item).strip() for item in items)

    def table(self, key: str, *, required: bool = True) -> Table:
        """Read a table below; an absent one reads as empty."""
        value = self._take(key, dict, "table", None if required else {})
        below = Table(value if isinstance(value, dict) else {}, self.place(key), self._faults)
        if isinstance(value, dict):
            self._below.append(below)
        return below

    def pairs(self, key: str) -> dict[str, str]:
        """Read a table below whose values are single words."""
        below = self.table(key, required=False)
        return {name: below.text(name, limit=40) for name in list(below._data)}  # noqa: SLF001

    def tables(self, key: str, *, limit: int = 40) -> Iterator[tuple[str, Table]]:
        """Read a table of tables, in the order of the file; ``limit`` is the length of keys."""
        parent = self.table(key, required=False)
        for name in list(parent._data):  # noqa: SLF001 - the same class
            if not _KEY.fullmatch(name) or len(name) > limit:
                parent.note("procedure.key_form", name, limit=limit)
            yield name, parent.table(name)

    def words(self, key: str | None = None, *, limit: int = 300) -> Text:
        """Read ``vi`` and ``en`` of the table below, or of this one."""
        table = self if key is None else self.table(key)
        if key is not None and not self.has(key):
            return Text("", "")
        return Text(table._filled("vi", limit), table._filled("en", limit))  # noqa: SLF001

    def maybe_words(self, key: str, *, limit: int = 1000) -> Text | None:
        """Read ``vi`` and ``en`` of a table that may be absent."""
        return self.words(key, limit=limit) if self.has(key) else None

    def close(self) -> None:
        """Note every key that nobody asked for, here and below."""
        for key in self._data:
            if key not in self._used:
                self.note("procedure.unknown_key", key)
        for below in self._below:
            below.close()

    def _filled(self, key: str, limit: int) -> str:
        value = self.text(key, limit=limit)
        if self.has(key) and not value:
            self.note("procedure.empty", key)
        return value

    def _take(self, key: str, kind: type | tuple[type, ...], wanted: str, default: object) -> Any:  # noqa: ANN401 - what TOML holds
        self._used.add(key)
        if key not in self._data:
            if default is None:
                self.note("procedure.missing", key)
            return default
        value = self._data[key]
        boolean = isinstance(value, bool)
        if not isinstance(value, kind) or (boolean and kind is not bool):
            self.note("procedure.wrong_type", key, wanted=wanted)
            return None if default is None else default
        return value


def parse(text: str, faults: list[Fault]) -> Table:
    """Read TOML text; numbers with a fraction stay exact. A syntax fault gives an empty table."""
    if len(text) > MAX_FILE:
        faults.append(
            fault("procedure.too_long", "file", key="file", length=len(text), limit=MAX_FILE)
        )
        return Table({}, "", faults)
    try:
        return Table(tomllib.loads(text, parse_float=Decimal), "", faults)
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        faults.append(fault("procedure.toml", "file", problem=str(wrong) or type(wrong).__name__))
        return Table({}, "", faults)
