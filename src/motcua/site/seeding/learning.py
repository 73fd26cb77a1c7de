"""Which cell of a row holds what: read off one story whose every value is unlike every other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from motcua.core.ledger.hashing import entry_hash
from motcua.core.places import BITS
from motcua.site.seeding.dialects import Cell, dialect
from motcua.site.seeding.symbols import Symbols

ENTRIES = "ledger_entry"

Ref = tuple[str, int]
"""A kind of cell and which of that kind."""


class Learner:
    """Names the cells of a story's rows; what it meets anew goes into its lists."""

    def __init__(
        self,
        rows: Mapping[str, list[tuple[Cell, ...]]],
        columns: Mapping[str, tuple[str, ...]],
        model: Symbols,
    ) -> None:
        self.fixed: list[Cell] = [""]  # the first pads a text that has one part
        self.places: list[int] = []
        self.texts: list[list[Ref]] = []
        self._model = model
        self._sizes = (len(model.values), len(model.texts))
        self._known: dict[Cell, Ref] = {}
        self._learn("value", model.values)
        self._learn("text", model.texts)
        at = columns[ENTRIES].index("body")
        bodies = [row[at] for row in sorted(rows[ENTRIES])]
        hashes = [model.genesis]
        for body in bodies:
            hashes.append(entry_hash(hashes[-1], body.encode()))
        self._learn("hash", [dialect().blob(one) for one in hashes])
        self._learn("body", bodies)
        self.bodies = [list(self._parts(body)) for body in bodies]
        self._hashes = len(hashes)

    def layout(self) -> dict[str, int]:
        """Give where the cells of each kind begin in a cast."""
        begins, at = {}, 0
        values, texts = self._sizes
        counts = {"value": values, "text": texts, "fixed": len(self.fixed)}
        counts |= {"place": len(self.places), "body": len(self.bodies), "hash": self._hashes}
        for kind, count in {**counts, "made": len(self.texts)}.items():
            begins[kind] = at
            at += count
        return begins

    def cell(self, cell: Cell) -> Ref:
        """Name a cell."""
        if cell in self._known:
            return self._known[cell]
        place = self._place(cell)
        if place is not None:
            return self._add("place", self.places, place, cell)
        if isinstance(cell, str):
            parts = list(self._parts(cell))
            if any(kind != "fixed" for kind, _ in parts):
                return self._add("made", self.texts, parts, cell)
        return self._add("fixed", self.fixed, cell, cell)

    def _learn(self, kind: str, cells: list[Cell]) -> None:
        """Know these cells; the first name of a cell stays."""
        for number, cell in enumerate(cells):
            self._known.setdefault(cell, (kind, number))

    def _add(self, kind: str, known: list[Cell], value: object, cell: Cell) -> Ref:
        known.append(value)
        ref = (kind, len(known) - 1)
        if kind != "fixed":
            self._known[cell] = ref
        return ref

    def _place(self, cell: Cell) -> int | None:
        """Give the number of a row that lies among the dossier's, if this is such an id."""
        text = str(cell)
        if isinstance(cell, bytes) or not text.isdecimal():
            return None
        dossier, number = divmod(int(text), 1 << BITS)
        return number if dossier == self._model.ids.dossier else None

    def _parts(self, text: str) -> Iterator[Ref]:
        """Take a text apart at the symbols in it; at one place the longest counts."""
        yield ("fixed", 0)
        begin = 0
        while begin < len(text):
            at, number = self._next(text, begin)
            if at > begin:
                self.fixed.append(text[begin:at])
                yield ("fixed", len(self.fixed) - 1)
            if number is None:
                return
            yield ("text", number)
            begin = at + len(self._model.texts[number])

    def _next(self, text: str, begin: int) -> tuple[int, int | None]:
        found = [
            (at, -len(symbol), number)
            for number, symbol in enumerate(self._model.texts)
            if symbol and (at := text.find(symbol, begin)) >= 0
        ]
        if not found:
            return len(text), None
        at, _, number = min(found)
        return at, number
