"""Learning from the rows that the real acts wrote which cell holds what, and casting more of them.

A story of the wanted shape is told to the real acts, its rows are read back and the acts are taken
back. A cell that equals one of the story's symbols holds that symbol; a text that contains some is
put together from them; an id that `places` gives follows from the dossier's; every other cell is
the same for all stories of the shape. A second story proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from motcua.core.ledger.hashing import entry_hash
from motcua.core.places import BITS
from motcua.kernel.errors import Refused
from motcua.site.seeding.dialects import Cell, Dialect
from motcua.site.seeding.learning import Learner, Ref
from motcua.site.seeding.symbols import Symbols

Rows = Mapping[str, list[tuple[Cell, ...]]]


class Unproved(Refused):
    """A mould gives other rows than the real acts: an act changed and seeding has not learnt it."""

    code = "seed.unproved"
    vi = "Không đúc được dữ liệu: bảng {table} khác với dòng do thao tác thật ghi."
    en = "Nothing was seeded: table {table} would differ from what the real acts write."
    status = 500


class Mould:
    """How the rows of a shape of stories are made from their symbols.

    A cast lays all cells in a row: the symbols, what never differs, the places, the bodies of the
    entries, their hashes, the other texts; each row of each table is a pick of these.
    """

    __slots__ = ("_bodies", "_fixed", "_places", "_rows", "_texts", "columns")

    def __init__(self, rows: Rows, columns: Mapping[str, tuple[str, ...]], model: Symbols) -> None:
        """Learn from the rows of a story with these symbols."""
        learner = Learner(rows, columns, model)
        found = {
            table: [[learner.cell(cell) for cell in row] for row in sorted(rows[table], key=repr)]
            for table in rows
        }
        self.columns = {table: columns[table] for table in rows}
        self._fixed, self._places = learner.fixed, learner.places
        begins = learner.layout()
        self._bodies = [_pick(parts, begins) for parts in learner.bodies]
        self._texts = [_pick(parts, begins) for parts in learner.texts]
        self._rows = [(table, _pick(refs, begins)) for table in found for refs in found[table]]

    def cast(
        self, symbols: Symbols, dialect: Dialect, into: dict[str, list[tuple[Cell, ...]]]
    ) -> None:
        """Add the rows of a story to those of its tables."""
        base = symbols.ids.dossier << BITS
        cells = [*symbols.values, *symbols.texts, *self._fixed]
        cells += [dialect.number(base | place) for place in self._places]
        hashes = [symbols.genesis]
        for parts in self._bodies:
            body = "".join(parts(cells))
            cells.append(body)
            hashes.append(entry_hash(hashes[-1], body.encode()))
        cells += map(dialect.blob, hashes)
        cells += ["".join(parts(cells)) for parts in self._texts]
        for table, pick in self._rows:
            into[table].append(pick(cells))


def proved(mould: Mould, rows: Rows, symbols: Symbols, dialect: Dialect) -> Mould:
    """Give the mould back if it casts exactly these rows of another story; else `Unproved`."""
    made: dict[str, list[tuple[Cell, ...]]] = {table: [] for table in mould.columns}
    mould.cast(symbols, dialect, made)
    for table in made.keys() | rows.keys():
        if sorted(made.get(table, []), key=repr) != sorted(rows.get(table, []), key=repr):
            raise Unproved(table=table)
    return mould


def _pick(refs: Sequence[Ref], begins: Mapping[str, int]) -> Callable[[Any], tuple[Cell, ...]]:
    """Give what picks these cells; two at least, or it would not give a tuple."""
    picked: Callable[[Any], tuple[Cell, ...]] = itemgetter(
        *(begins[kind] + number for kind, number in refs)
    )
    return picked
