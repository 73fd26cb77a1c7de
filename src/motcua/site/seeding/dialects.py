"""How each database spells a value: SQLite as it is bound, PostgreSQL as `COPY` reads it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import AutoField
from django.db.models.options import Options

from motcua.core.sql import utc_text

Cell = Any  # what a driver binds
NULL = "\0"  # no text of PostgreSQL can hold it, so `COPY` may know an absent value by it

# A search row of PostgreSQL: marks of one kind after the other, each in the order of their bytes.
_TERMS = (
    "(SELECT string_agg(quote_literal(lexeme), ' ' ORDER BY left(lexeme, 1), lexeme COLLATE \"C\")"
    " FROM unnest(terms))"
)
_SEARCH = {
    "sqlite": ("search_fts", ("rowid", "words", "scopes")),
    "postgresql": ("search_terms", ("dossier_id", "terms")),
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The spellings of one database, and how its rows are read and written in them."""

    number: Callable[[int], Cell]
    text: Callable[[str], Cell]
    blob: Callable[[bytes], Cell]
    instant: Callable[[datetime.datetime], Cell]
    words: Callable[[str, Iterable[str]], str]  # `w` for all, `p` for those who see it in clear
    read: Callable[[str, Sequence[str]], list[tuple[Cell, ...]]]
    write: Callable[[str, Sequence[str], list[tuple[Cell, ...]]], None]


def dialect() -> Dialect:
    """Give the spellings of this instance's database."""
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE


def tables() -> dict[str, tuple[str, ...]]:
    """Give every table that a story can write, with its columns."""
    found = {
        meta.db_table: tuple(str(field.column) for field in meta.local_concrete_fields)
        for meta in _known()
        if meta.managed
    }
    table, columns = _SEARCH[connection.vendor]
    return {**found, table: columns}


def generated() -> set[str]:
    """Give the tables whose `id` the database gives."""
    return {meta.db_table for meta in _known() if isinstance(meta.pk, AutoField)}


def _known() -> list[Options[Any]]:
    return [model._meta for model in apps.get_models()]  # noqa: SLF001 - Django's way to ask


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _read_sqlite(table: str, columns: Sequence[str]) -> list[tuple[Cell, ...]]:
    # The plus takes the column's declared type away, or the driver would make dates of texts.
    chosen = ", ".join(f'+"{column}"' for column in columns)
    return list(connection.connection.execute(f'SELECT {chosen} FROM "{table}"'))


def _write_sqlite(table: str, columns: Sequence[str], rows: list[tuple[Cell, ...]]) -> None:
    marks = ", ".join("?" * len(columns))
    statement = f'INSERT INTO "{table}" ({_named(columns)}) VALUES ({marks})'
    connection.connection.executemany(statement, rows)


def _read_postgres(table: str, columns: Sequence[str]) -> list[tuple[Cell, ...]]:
    chosen = ", ".join(_TERMS if column == "terms" else f'"{column}"::text' for column in columns)
    rows = connection.connection.execute(f'SELECT {chosen} FROM "{table}"').fetchall()
    return [tuple(NULL if cell is None else cell for cell in row) for row in rows]


def _write_postgres(table: str, columns: Sequence[str], rows: list[tuple[Cell, ...]]) -> None:
    text = "\n".join(map("\t".join, rows))
    assert text.count("\t") == len(rows) * (len(columns) - 1), "a value holds a tab"
    assert text.count("\n") == len(rows) - 1, "a value holds the end of a line"
    lines = text.replace("\\", "\\\\").replace(NULL, "\\N")
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({_named(columns)}) FROM STDIN') as copy,
    ):
        copy.write(lines + "\n")


def _postgres_instant(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(" ")[: -len(":00")]


_SQLITE = Dialect(
    number=lambda value: value,
    text=lambda value: value,
    blob=lambda value: value,
    instant=utc_text,
    words=lambda mark, found: " ".join(f"{mark.strip('w')}{word}" for word in found),
    read=_read_sqlite,
    write=_write_sqlite,
)
_POSTGRES = Dialect(
    number=str,
    text=lambda value: value,
    blob=lambda value: f"\\x{value.hex()}",
    instant=_postgres_instant,
    words=lambda mark, found: " ".join(f"'{mark}{word}'" for word in found),
    read=_read_postgres,
    write=_write_postgres,
)
