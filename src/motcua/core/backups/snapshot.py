"""One moment of the database, on either kind, taken while everybody goes on working.

SQLite: `VACUUM INTO` reads under one read transaction of the write-ahead log, so no writer waits,
and what it writes has no free pages in which erased text could survive. PostgreSQL: `COPY` of every
table in one repeatable-read transaction. No client programs are needed, whose version would have to
fit the server's, and counts, seal and list of files come from that very transaction (ADR 0010).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motcua.core.backups.archive import chunks_of
from motcua.core.backups.books import BOOKS

Row = tuple[Any, ...]
Ask = Callable[[str], list[Row]]

_MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
_FILES = "SELECT sha256, size FROM files_storedfile ORDER BY sha256"
_SEAL = "SELECT number, root, sealed_at FROM ledger_seal ORDER BY number DESC LIMIT 1"
_ENTRIES = "SELECT count(*) FROM ledger_entry"
_UNSEALED = "SELECT count(*) FROM ledger_entry WHERE seal_id IS NULL"
_SQLITE_TABLES = (
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')"
    " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
)
_POSTGRES_TABLES = """
    SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
    GROUP BY c.relname ORDER BY c.relname"""
_SEQUENCES = (
    "SELECT sequencename, last_value FROM pg_sequences"
    " WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1"
)


@dataclass(slots=True)
class Moment:
    """A database as it stood; `dump` gives its bytes once, and only then are `counts` known.

    `file` is the copy itself, where there is one.
    """

    kind: str
    ask: Ask
    dump: Callable[[], Generator[bytes]]
    counts: dict[str, int] = field(default_factory=dict)
    file: Path | None = None

    def migrations(self) -> list[list[str]]:
        """Give every migration that had run, in order."""
        return [[app, name] for app, name in self.ask(_MIGRATIONS)]

    def files(self) -> list[Row]:
        """Give hash and size of every file that a row names."""
        return self.ask(_FILES)

    def last_seals(self) -> dict[str, int]:
        """Give the number of the last seal of each book, 0 where it has none."""
        last = "SELECT coalesce(max(number), 0) FROM"
        return {book.name: int(self.ask(f"{last} {book.sql.seals}")[0][0]) for book in BOOKS}

    def point(self) -> dict[str, Any]:
        """Give the last seal and how many entries there were, sealed and not."""
        seals = self.ask(_SEAL)
        number, root, sealed_at = seals[0] if seals else (0, b"", "")
        return {
            "seal": number,
            "root": bytes(root).hex(),
            "sealed_at": str(sealed_at),
            "entries": self.ask(_ENTRIES)[0][0],
            "unsealed": self.ask(_UNSEALED)[0][0],
        }


@contextmanager
def sqlite_moment(database: Path, draft: Path) -> Iterator[Moment]:
    """Copy an SQLite database to `draft`, which the caller removes, and read it there."""
    with closing(sqlite3.connect(database, timeout=60)) as live:
        live.execute("VACUUM INTO ?", (str(draft),))
    with closing(sqlite3.connect(f"file:{draft}?mode=ro", uri=True)) as copy:
        yield Moment(
            "sqlite",
            lambda sql: copy.execute(sql).fetchall(),
            lambda: chunks_of(draft),
            sqlite_counts(copy),
            draft,
        )


def sqlite_counts(database: sqlite3.Connection) -> dict[str, int]:
    """Count the rows of every table, the inner ones of the word search aside."""
    tables = [name for (name,) in database.execute(_SQLITE_TABLES).fetchall()]
    counted = (database.execute(f'SELECT count(*) FROM "{table}"').fetchone() for table in tables)
    return {table: int(row[0]) for table, row in zip(tables, counted, strict=True)}


def postgres_counts(database: Any) -> dict[str, int]:  # noqa: ANN401 - a cursor or a connection
    """Count the rows of every table."""
    tables = [name for name, _ in database.execute(_POSTGRES_TABLES).fetchall()]
    counted = (database.execute(f'SELECT count(*) FROM "{table}"').fetchone() for table in tables)
    return {table: int(row[0]) for table, row in zip(tables, counted, strict=True)}


@contextmanager
def postgres_moment(parameters: dict[str, Any]) -> Iterator[Moment]:
    """Open one repeatable-read transaction; `parameters` are those of `psycopg.connect`."""
    import psycopg  # noqa: PLC0415 - only where the extra is installed

    with psycopg.connect(**parameters) as live:
        live.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        live.read_only = True
        moment = Moment("postgresql", lambda sql: live.execute(sql.encode()).fetchall(), _nothing)
        moment.dump = lambda: _copied(live, moment.counts)
        yield moment


def _nothing() -> Generator[bytes]:
    yield from ()


def _copied(live: Any, counts: dict[str, int]) -> Generator[bytes]:  # noqa: ANN401 - psycopg's connection
    """Give every table: a line that names it, its rows in framed pieces, and an empty frame.

    The last line holds the sequences, which stand outside every transaction: never too low.
    """
    for table, columns in live.execute(_POSTGRES_TABLES).fetchall():
        yield json.dumps({"table": table, "columns": columns}).encode() + b"\n"
        with live.cursor() as cursor:
            with cursor.copy(copying(table, columns, "TO STDOUT")) as rows:
                for piece in rows:
                    yield b"%d\n" % len(piece)
                    yield bytes(piece)
            counts[table] = cursor.rowcount
        yield b"0\n"
    yield json.dumps({"sequences": dict(live.execute(_SEQUENCES).fetchall())}).encode() + b"\n"


def copying(table: str, columns: list[str], how: str) -> Any:  # noqa: ANN401 - psycopg's composed text
    """Give the statement that copies a table out or in."""
    from psycopg import sql  # noqa: PLC0415 - only where the extra is installed

    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) " + how).format(sql.Identifier(table), names)
