"""The statements of `sql` on PostgreSQL, asked through libpq itself.

An act is some fifteen small statements. psycopg's cursors spend more on each than the server does,
so these go through the same connection's libpq handle (`psycopg.pq`, `psycopg.adapt`), which halves
it. Each statement is prepared once a connection, with values sent as text whose types the server
infers: one plan whatever the values. A statement whose plan should follow its values is `anew`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg import ClientCursor, Connection, Cursor, abc
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Row = tuple[Any, ...]

_GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class Answer:
    """What a statement gave, read as a cursor is."""

    __slots__ = ("_result", "_values")

    def __init__(self, result: PGresult, values: abc.Transformer) -> None:
        self._result, self._values = result, values

    @property
    def rowcount(self) -> int:
        """How many rows the statement touched or gave."""
        return self._result.command_tuples or 0

    def fetchall(self) -> list[Row]:
        """Give every row."""
        self._values.set_pgresult(self._result)
        rows: list[Row] = self._values.load_rows(0, self._result.ntuples, tuple)
        return rows

    def fetchone(self) -> Row | None:
        """Give the first row, if there is one."""
        if not self._result.ntuples:
            return None
        self._values.set_pgresult(self._result)
        row: Row = self._values.load_rows(0, 1, tuple)[0]
        return row


class Asking:
    """Asks one connection; not to be shared by threads, as Django's connections are not."""

    __slots__ = ("_names", "_pg", "_raw", "_values")

    def __init__(self, raw: Connection[Any]) -> None:
        self._raw, self._pg = raw, raw.pgconn
        self._values: abc.Transformer = Transformer(Cursor(raw))
        self._names: dict[str, bytes] = {}

    def ask(self, text: str, values: Sequence[Any]) -> Answer:
        """Ask a statement that is prepared at its first use; its marks are `$1`, `$2`, …"""
        if not self._raw.autocommit and self._pg.transaction_status == TransactionStatus.IDLE:
            self._checked(self._pg.exec_(b"BEGIN"))  # as psycopg's cursors do
        name = self._names.get(text) or self._prepare(text)
        sent = self._values.dump_sequence(values, [PyFormat.TEXT] * len(values))
        result = self._pg.exec_prepared(name, sent)  # type: ignore[arg-type]  # NULL is None
        return Answer(self._checked(result), self._values)

    def ask_anew(self, text: str, values: Sequence[Any]) -> Cursor[Row]:
        """Ask a statement that is planned for these very values; its marks are `%s`."""
        return ClientCursor(self._raw).execute(text, values)

    def _prepare(self, text: str) -> bytes:
        name = b"motcua_%d" % len(self._names)
        self._checked(self._pg.prepare(name, text.encode()))
        self._names[text] = name
        return name

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in _GOOD:
            return result
        # No code, or a connection no longer OK: the server went away.
        if self._pg.status or result.error_field(DiagnosticField.SQLSTATE) is None:
            raise OperationalError(result.get_error_message())
        raise error_from_result(result)
