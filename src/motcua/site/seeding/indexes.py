"""Taking indexes and foreign keys away while rows are poured, and building them once afterwards.

A million keys in an order of their own touch a page each; sorted at the end they are written once.
What SQLite makes for `UNIQUE` within a table cannot be taken away and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

_SQLITE = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s"
)
_KEYS = (
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND conrelid = to_regclass(%s)"
)
_INDEXES = (
    "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.schemaname = current_schema()"
    " AND i.tablename = %s AND NOT EXISTS"
    " (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname AND c.contype IN ('p', 'u'))"
)


@contextmanager
def without_indexes(tables: Iterable[str]) -> Iterator[None]:
    """Leave the indexes of tables out within the block; they are built anew however it ends."""
    named = sorted(tables)
    anew = _taken_postgres(named) if connection.vendor == "postgresql" else _taken_sqlite(named)
    try:
        yield
    finally:
        for statement in anew:
            _run(statement)


def _taken_sqlite(tables: Iterable[str]) -> list[str]:
    found = [row for table in tables for row in _ask(_SQLITE, table)]
    for name, _ in found:
        _run(f'DROP INDEX "{name}"')
    return [sql for _, sql in found]


def _taken_postgres(tables: Iterable[str]) -> list[str]:
    _run("SET CONSTRAINTS ALL IMMEDIATE")  # in a transaction nothing may wait to be checked
    keys = [(table, *row) for table in tables for row in _ask(_KEYS, table)]
    indexes = [row for table in tables for row in _ask(_INDEXES, table)]
    for table, name, _ in keys:
        _run(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    for name, _ in indexes:
        _run(f'DROP INDEX "{name}"')
    again = (f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {said}' for table, name, said in keys)
    _run("SET CONSTRAINTS ALL DEFERRED")
    return [*(sql for _, sql in indexes), *again]


def _ask(question: str, table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        return [(str(name), str(sql)) for name, sql in cursor.fetchall()]


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
