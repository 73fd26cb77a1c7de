"""A sealed book: rows that only grow, and the chain of seals over them.

The ledger is one; the access log (`core/access`) is another, with seals, witnessed numbers and a
chain of its own. Sealing, checking and witnessing take the book they work on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Manager

from motcua.core.ledger.chains import Tally, check_chains
from motcua.core.ledger.findings import Finding
from motcua.core.ledger.hashing import first_seal
from motcua.core.ledger.models import Seal, SealColumns
from motcua.core.ledger.statement import FORMAT, instance
from motcua.core.places import BITS, LAST
from motcua.core.sql import Sql, Tx

Place = tuple[int | None, int]
"""The stream (None: the book has none) and the number of a row, as a finding names them."""


@dataclass(frozen=True)
class Statements:
    """The statements of a book, made once from the names of its tables."""

    rows: str
    seals: str
    recorded: str
    lock: int

    @cached_property
    def waiting(self) -> Sql:
        """Ask whether a row is unsealed."""
        return Sql(f"SELECT 1 FROM {self.rows} WHERE seal_id IS NULL LIMIT 1")

    @cached_property
    def take(self) -> Sql:
        """Take rows and read their hashes in one statement: no row can slip in between.

        `IS TRUE` hides the last condition from the index of unsealed rows: where PostgreSQL takes
        these for few, it would walk all of them for each that was picked.
        """
        return Sql(
            f"""UPDATE {self.rows} SET seal_id = %s, leaf = picked.place
            FROM (
              SELECT id, row_number() OVER (ORDER BY id) - 1 AS place
              FROM (SELECT id FROM {self.rows} WHERE seal_id IS NULL ORDER BY id LIMIT %s) AS oldest
            ) AS picked
            WHERE {self.rows}.id = picked.id AND ({self.rows}.seal_id IS NULL) IS TRUE
            RETURNING leaf, hash"""
        )

    @cached_property
    def queue(self) -> Sql:
        """Let sealers queue on PostgreSQL; on SQLite the immediate transaction is the queue."""
        return Sql("", postgres=f"SELECT pg_advisory_xact_lock(7236833, {self.lock})")

    @cached_property
    def leaves(self) -> Sql:
        """Read the leaves of a seal, a page at a time."""
        return Sql(
            f"SELECT leaf, hash FROM {self.rows} WHERE seal_id = %s AND leaf > %s"
            " ORDER BY leaf LIMIT %s"
        )

    @cached_property
    def named(self) -> Sql:
        """Count rows without a leaf too, which no walk along the leaves would meet."""
        return Sql(f"SELECT count(*) FROM {self.rows} WHERE seal_id = %s")

    @cached_property
    def unknown(self) -> Sql:
        """Find rows that name a seal which is not there."""
        return Sql(
            f"SELECT e.id, e.seal_id FROM {self.rows} AS e WHERE e.seal_id IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {self.seals} AS s WHERE s.number = e.seal_id)"
            " LIMIT 1000"
        )

    @cached_property
    def window(self) -> Sql:
        """Count what no seal holds, and since when."""
        return Sql(f"SELECT count(*), min({self.recorded}) FROM {self.rows} WHERE seal_id IS NULL")


@dataclass(frozen=True, kw_only=True)
class Book:
    """A book and how it is read.

    `form` stands in every seal's statement; `folder` is its place below each witness; `check`
    finds what is wrong with the rows themselves, counting into a tally; `place_of` names a row.
    """

    name: str
    form: str
    folder: str
    seals: type[SealColumns]
    sql: Statements
    check: Callable[[Tx, Tally], Iterator[Finding]]
    place_of: Callable[[int], Place]

    def beginning(self) -> bytes:
        """Give what stands before the first seal: 32 bytes, different for each book and house."""
        return first_seal(f"{instance()}/{self.folder}" if self.folder else instance())

    def all_seals(self) -> Manager[SealColumns]:
        """Give the seals of this book."""
        return self.seals._default_manager  # noqa: SLF001 - Django's name for it


LEDGER = Book(
    name="ledger",
    form=FORMAT,
    folder="",
    seals=Seal,
    sql=Statements(rows="ledger_entry", seals="ledger_seal", recorded="recorded_at", lock=1),
    check=check_chains,
    place_of=lambda row_id: (row_id >> BITS, row_id & LAST),
)
