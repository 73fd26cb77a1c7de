"""Triggers that keep a sealed book growing only, whatever speaks to the database.

They stop mistakes and ordinary accounts. Whoever owns the database can drop them: then `verify`
finds what was done, because the witness holds the roots.

A row may change once: an unsealed one gets its seal and its leaf. What else a book allows (the
access log forgets words) it says itself. Emptying a table is refused on PostgreSQL too; SQLite has
no such statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """The two tables of a book; `fixed` are the columns of its rows that sealing leaves alone.

    `allows` are further changes, as conditions over `OLD` and `NEW` that are never NULL;
    `{same[id,hash]}` in one says that those columns stay.
    """

    rows: str
    seals: str
    fixed: tuple[str, ...]
    message: str
    allows: tuple[str, ...] = ()


LEDGER = Guarded(
    rows="ledger_entry",
    seals="ledger_seal",
    fixed=("id", "stream", "seq", "act", "at", "recorded_at", "body", "previous", "hash"),
    message="the ledger only grows",
)


def install(connection: BaseDatabaseWrapper, book: Guarded = LEDGER) -> None:
    """Create the triggers of a book (a migration does)."""
    _run(connection, _postgres(book) if connection.vendor == "postgresql" else _sqlite(book))


def lift(connection: BaseDatabaseWrapper, book: Guarded = LEDGER) -> None:
    """Drop the triggers (the migration backwards, and tests that play the attacker)."""
    suffix = {name: f" ON {table}" for name, _, table in _named(book)}
    if connection.vendor == "postgresql":
        suffix |= {name: f" ON {table}" for name, table in _truncations(book)}
    else:
        suffix = dict.fromkeys(suffix, "")
    _run(connection, [f"DROP TRIGGER IF EXISTS {name}{on}" for name, on in suffix.items()])


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class _Same:
    """Writes that columns stay as they are, in the words of one database."""

    def __init__(self, equals: str) -> None:
        self._equals = equals

    def __getitem__(self, names: str) -> str:
        told = (f'NEW."{name}" {self._equals} OLD."{name}"' for name in names.split(","))
        return f"({' AND '.join(told)})"


def _refused(book: Guarded, equals: str) -> str:
    """Give the condition under which an update of a row is none of those that are allowed."""
    same = _Same(equals)
    sealing = (
        "OLD.seal_id IS NULL AND OLD.leaf IS NULL AND NEW.seal_id IS NOT NULL"
        f" AND NEW.leaf IS NOT NULL AND {same[','.join(book.fixed)]}"
    )
    allowed = (sealing, *(one.format(same=same) for one in book.allows))
    return "NOT (" + " OR ".join(f"({one})" for one in allowed) + ")"


def _named(book: Guarded) -> list[tuple[str, str, str]]:
    """Give name, event and table of the triggers that both databases have."""
    return [
        (f"{table}_no_{event.lower()}", event, table)
        for table in (book.rows, book.seals)
        for event in ("UPDATE", "DELETE")
    ]


def _sqlite(book: Guarded) -> list[str]:
    refused = _refused(book, "IS")
    return [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}"
        f" WHEN {refused if (table, event) == (book.rows, 'UPDATE') else 1}"
        f" BEGIN SELECT RAISE(ABORT, '{book.message}'); END"
        for name, event, table in _named(book)
    ]


def _truncations(book: Guarded) -> list[tuple[str, str]]:
    return [(f"{table}_no_truncate", table) for table in (book.rows, book.seals)]


def _postgres(book: Guarded) -> list[str]:
    refused = _refused(book, "IS NOT DISTINCT FROM")
    refuse = f"{book.rows}_refuse"
    return [
        f"""CREATE OR REPLACE FUNCTION {refuse}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{book.message}' USING ERRCODE = 'restrict_violation'; END $$""",
        # A truncation of an empty table removes nothing, and a test database is emptied that way.
        f"""CREATE OR REPLACE FUNCTION {refuse}_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM {book.rows}) OR EXISTS (SELECT 1 FROM {book.seals}) THEN
            RAISE EXCEPTION '{book.message}' USING ERRCODE = 'restrict_violation';
          END IF;
          RETURN NULL;
        END $$""",
        *(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW"
            + (f" WHEN ({refused})" if (table, event) == (book.rows, "UPDATE") else "")
            + f" EXECUTE FUNCTION {refuse}()"
            for name, event, table in _named(book)
        ),
        *(
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {refuse}_truncate()"
            for name, table in _truncations(book)
        ),
    ]
