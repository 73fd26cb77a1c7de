"""The statements of `sql` on PostgreSQL, asked through libpq itself.

An act is some fifteen small statements. psycopg's cursors spend more on each than the server does,
so these go through the same connection's libpq handle (`psycopg.pq`, `psycopg.adapt`), which halves
it. Each statement is prepared once a connection, with values sent as text whose types the server
infers: one plan whatever the values. A statement whose plan should follow its values is `anew`.

Most of what a small statement costs is that server and process wake one another. So within a hot
act statements whose answers nobody needs go some at a time and nobody waits for what they give:
that comes with the answer of the next one that is asked, or of the end (pipeline).
"""

from __future__ import annotations

import datetime
import select
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from psycopg import ClientCursor, Cursor, Error, abc
from psycopg.adapt import Dumper, PyFormat, Transformer
from psycopg.errors import DivisionByZero, OperationalError, UniqueViolation, error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg.types.datetime import TimestamptzLoader

if TYPE_CHECKING:
    from motcua.core.sql import Sql

Row = tuple[Any, ...]

_AHEAD = 3
"""Statements that are held at the most: the server works on them while the act works out more."""
_MOST = 500
"""Statements whose answers are awaited at the most."""

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


class _Instants(Dumper):
    """Writes instants as text; an act writes the same one into many rows."""

    def dump(self, obj: datetime.datetime) -> bytes:
        """Write an instant."""
        return _written(obj)


@lru_cache(maxsize=64)
def _written(at: datetime.datetime) -> bytes:
    return str(at).encode()


class _Bound(NamedTuple):
    """A prepared statement with its values, and what is raised in place of a clash."""

    name: bytes
    values: Any  # NULL is None, which psycopg's types do not know
    clash: type[Exception] | None = None


class Postgres:
    """Asks one connection; not to be shared by threads, as Django's connections are not."""

    __slots__ = (
        "_acting",
        "_flying",
        "_held",
        "_names",
        "_pg",
        "_raw",
        "_sent",
        "_values",
        "_wrapper",
    )

    def __init__(self, wrapper: Any) -> None:  # noqa: ANN401 - Django's connection
        self._wrapper, self._raw = wrapper, wrapper.connection
        self._pg = self._raw.pgconn
        context = Cursor(self._raw)
        context.adapters.register_loader("timestamptz", TimestamptzLoader)  # Django's is slower
        context.adapters.register_dumper(datetime.datetime, _Instants)
        self._values: abc.Transformer = Transformer(context)
        self._names: dict[str, bytes] = {}
        self._held: list[_Bound] = []
        self._flying: list[_Bound] = []  # sent, their answers still to come
        self._acting = False  # within a hot act: what is sent is held
        self._sent = False  # something of the hot act has reached the server

    def ask(self, sql: Sql, values: Sequence[Any]) -> Answer | Cursor[Row]:
        """Ask a statement, prepared at its first use, when all that was sent before is done."""
        try:
            if sql.anew:
                self._settle()
                return ClientCursor(self._raw).execute(sql.postgres, values)
            return Answer(self._ask(self._bind(sql, values)), self._values)
        except Error:
            self._failed()
            raise

    def send(self, sql: Sql, *values: Any, clash: type[Exception] | None = None) -> None:  # noqa: ANN401
        """Send a statement with the next ones, without waiting; outside hot acts, ask it."""
        try:
            bound = self._bind(sql, values, clash)
            self._held.append(bound)
            if not self._acting or len(self._flying) >= _MOST:
                self._settle()
            elif len(self._held) >= _AHEAD:
                self._push()
        except Error:
            self._failed()
            raise

    def open(self, mark: Sql) -> None:
        """Begin a hot act; what the ORM asks within it finds all that was sent before."""
        self._acting, self._sent = True, False
        self._wrapper.execute_wrappers.append(self._before_the_orm)
        try:
            self.send(mark)
        except BaseException:
            self.drop()
            raise

    def close(self, mark: Sql) -> None:
        """Send the end of a hot act, and wait until all of it is done."""
        self.send(mark)
        try:
            self._settle()
        except Error:
            self._failed()
            raise
        self.drop()

    def drop(self) -> bool:
        """Give a hot act up with all that is held; True when some of it reached the server."""
        self._held.clear()
        if self._flying:
            self._flying.clear()
            with suppress(Error):  # the server went away: whoever rolls back meets that
                self._pg.pipeline_sync()
                self._received()
        if self._acting:
            self._acting = False
            self._wrapper.execute_wrappers.remove(self._before_the_orm)
        return self._sent

    def _before_the_orm(self, execute: Any, *told: Any) -> Any:  # noqa: ANN401 - Django's protocol
        self._settle()
        return execute(*told)

    def _failed(self) -> None:
        """Have Django test the connection at the end of the request.

        A server that was restarted then costs one request instead of every later one.
        """
        self._wrapper.errors_occurred = True

    def _bind(
        self, sql: Sql, values: Sequence[Any], clash: type[Exception] | None = None
    ) -> _Bound:
        name = self._names.get(sql.numbered) or self._prepare(sql.numbered)
        sent = self._values.dump_sequence(values, [PyFormat.TEXT] * len(values))
        return _Bound(name, sent, clash)

    def _prepare(self, text: str) -> bytes:
        if self._flying:  # libpq prepares nothing beside what is on its way
            self._settle()
        name = b"motcua_%d" % len(self._names)
        self._checked(self._pg.prepare(name, text.encode()))
        self._names[text] = name
        return name

    def _ask(self, bound: _Bound) -> PGresult:
        if self._held or self._flying:
            self._held.append(bound)
            return self._converse()
        self._begin()
        self._sent = True
        return self._checked(self._pg.exec_prepared(bound.name, bound.values))

    def _settle(self) -> None:
        """Wait until all that was sent is done, and raise what went wrong with it."""
        if self._held or self._flying:
            self._converse()

    def _push(self) -> None:
        """Send what is held, without waiting for its answers."""
        if not self._flying:
            self._begin()
            self._sent = True
            self._pg.enter_pipeline_mode()
        for one in self._held:
            self._pg.send_query_prepared(one.name, one.values)
        self._flying += self._held
        self._held.clear()
        self._pg.flush()

    def _begin(self) -> None:
        if not self._raw.autocommit and self._pg.transaction_status == TransactionStatus.IDLE:
            self._checked(self._pg.exec_(b"BEGIN"))  # as psycopg's cursors do

    def _converse(self) -> PGresult:
        """Send what is held and give the answer of the last, when all before it are done.

        The server leaves out whatever follows a statement that fails; that one's error is raised.
        """
        self._push()
        held, self._flying = self._flying, []
        self._pg.pipeline_sync()
        results = self._received()
        for one, result in zip(held, results, strict=True):
            try:
                self._checked(result)
            except (UniqueViolation, DivisionByZero) as clash:  # the latter: nothing was touched
                if one.clash is None:
                    raise
                raise one.clash from clash
        return results[-1]

    def _received(self) -> list[PGresult]:
        """Give the answers up to the one that ends them."""
        results: list[PGresult] = []
        pg = self._pg
        unsent = pg.flush()
        while True:
            if unsent or pg.is_busy():
                unsent = self._wait(unsent)
                continue
            result = pg.get_result()
            if result is None and pg.status:  # no longer OK: nothing more comes
                raise OperationalError(pg.get_error_message())
            if result is None:  # libpq says so once behind each answer
                continue
            if result.status == ExecStatus.PIPELINE_SYNC:
                pg.exit_pipeline_mode()
                return results
            results.append(result)

    def _wait(self, unsent: int) -> int:
        """Wait for the server, and give whether something is still to be sent.

        libpq's own waiting would hold the interpreter, and with it the thread that is waited for.
        Raises `OperationalError` where the server went away.
        """
        poll = select.poll()
        poll.register(self._pg.socket, select.POLLIN | (select.POLLOUT if unsent else 0))
        poll.poll()
        self._pg.consume_input()
        return self._pg.flush() if unsent else 0

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in _GOOD:
            return result
        # No code, or a connection no longer OK: the server went away.
        if self._pg.status or result.error_field(DiagnosticField.SQLSTATE) is None:
            raise OperationalError(result.get_error_message())
        raise error_from_result(result)
