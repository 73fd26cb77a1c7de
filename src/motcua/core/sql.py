"""Hand-written SQL for the hot acts: named statements, one text for both databases.

The ORM is the cost of an act (DESIGN §14), so the few hot acts speak SQL through this thin door;
everything else uses the ORM on the same connection and in the same transaction. A statement is
written once with `%s` for each value; where the databases really differ, a second text is given
for PostgreSQL.

Instants travel as aware datetimes. SQLite keeps them as Django does (UTC text), so a row written
here reads the same through a model; `instant` brings back what a raw row holds.
"""

from __future__ import annotations

import datetime
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Protocol

import django.db.backends.sqlite3.base  # noqa: F401 - sets adapters of its own; ours come after
from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections, transaction

from motcua.kernel.errors import Refused

Row = tuple[Any, ...]


_UTC = "+00:00"


@lru_cache(maxsize=64)  # an act writes the same instant into many rows
def utc_text(at: datetime.datetime) -> str:
    """Write an instant as Django keeps it on SQLite."""
    if at.tzinfo is not datetime.UTC:
        at = at.astimezone(datetime.UTC)
    return at.isoformat(" ")[: -len(_UTC)]


# Django always hands SQLite text, so this adapter only serves the statements of this module. Who
# registers last is heard: Django's backend is imported above, or a process that imports this module
# first would write "+00:00" behind an instant, and one instant would be two texts.
sqlite3.register_adapter(datetime.datetime, utc_text)
sqlite3.register_adapter(datetime.date, datetime.date.isoformat)
# These go as they are; untold, the driver looks for a way with each value, for twice as long.
sqlite3.register_adapter(bytes, bytes)
sqlite3.register_adapter(bool, int)
_nothing: Any = {}.get  # gives None for None without a frame of Python
sqlite3.register_adapter(type(None), _nothing)


class Sql:
    """One statement; `postgres` replaces the text where the databases differ.

    With `anew`, PostgreSQL plans it for the values of each call: for lists, whose scopes hold from
    none to all of the rows. One that `touches` must touch a row: where it finds none, sending it
    raises its clash (PostgreSQL itself fails it, so that nothing which follows is done).
    """

    __slots__ = ("anew", "numbered", "postgres", "sqlite", "touches")

    def __init__(
        self,
        text: str,
        *,
        postgres: str | None = None,
        anew: bool = False,
        touches: bool = False,
    ) -> None:
        self.sqlite = " ".join(text.split()).replace("%s", "?")
        self.postgres = " ".join((postgres or text).split())
        if touches:
            self.postgres = _TOUCHING.format(self.postgres)
        self.numbered = _numbered(self.postgres)
        self.anew, self.touches = anew, touches


_TOUCHING = "WITH touched AS ({} RETURNING 1) SELECT 1 / COUNT(*) FROM touched"


def _numbered(text: str) -> str:
    """Write the marks of a statement as PostgreSQL itself does: `$1`, `$2`, …"""
    first, *others = text.split("%s")
    return first + "".join(f"${number}{part}" for number, part in enumerate(others, 1))


class Send(Protocol):
    """Executes a statement whose answer nobody needs."""

    def __call__(
        self,
        sql: Sql,
        *values: Any,  # noqa: ANN401 - whatever a column takes
        clash: type[Exception] | None = None,
    ) -> None:
        """Execute it now or, within a hot act, with a later one that is waited for or the end.

        What goes wrong is raised then: `clash`, where a row of its key was there before or the row
        that it must touch was not.
        """


class Door(Protocol):
    """How statements reach a database, over the connection that Django holds."""

    @property
    def send(self) -> Send:
        """Execute a statement whose answer nobody needs."""

    def ask(self, sql: Sql, values: Sequence[Any]) -> Any:  # noqa: ANN401 - a cursor, or alike
        """Execute a statement and give what answers as a cursor does."""

    def open(self, mark: Sql) -> None:
        """Begin a hot act: what is sent may wait from here on."""

    def close(self, mark: Sql) -> None:
        """End a hot act, when everything that was sent is done."""

    def drop(self) -> bool:
        """Give a hot act up with all that still waits; True when some of it was sent."""


class NothingTouched(Exception):
    """A statement that must touch a row touched none."""


MUCH = 1_000
grown = threading.Event()
"""Set whenever a connection to SQLite has ended `MUCH` more hot acts (see `core.carrier`)."""


class _Sqlite:
    """SQLite lies in the process: each statement is executed at once."""

    __slots__ = ("_acts", "_execute")

    def __init__(self, raw: Any) -> None:  # noqa: ANN401 - the driver's connection
        self._execute = raw.execute
        self._acts = 0

    def ask(self, sql: Sql, values: Sequence[Any]) -> Any:  # noqa: ANN401 - the driver's cursor
        return self._execute(sql.sqlite, values)

    def send(self, sql: Sql, *values: Any, clash: type[Exception] | None = None) -> None:  # noqa: ANN401
        try:
            count = self._execute(sql.sqlite, values).rowcount
        except sqlite3.IntegrityError as error:
            if clash is None or error.sqlite_errorname not in _TAKEN:
                raise
            raise clash from error
        if sql.touches and not count:
            raise clash or NothingTouched

    def open(self, mark: Sql) -> None:
        self._execute(mark.sqlite)

    def close(self, mark: Sql) -> None:
        self._execute(mark.sqlite)
        self._acts += 1
        if self._acts % MUCH == 0:
            grown.set()

    def drop(self) -> bool:
        return True


_TAKEN = ("SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_ROWID")


class Tx:
    """The open connection of this thread, for statements of this module.

    Inside `act()` it is also the open transaction; `reading()` gives one outside.
    """

    __slots__ = ("door", "is_postgres", "send")

    def __init__(self, door: Door, vendor: str) -> None:
        self.is_postgres = vendor == "postgresql"
        self.door = door
        self.send: Send = door.send  # the most frequent by far: no layer between

    def run(self, sql: Sql, *values: Any) -> int:  # noqa: ANN401 - whatever a column takes
        """Execute a statement and give the number of rows it touched."""
        count = self.door.ask(sql, values).rowcount
        return int(count)

    def mark(self, sql: Sql) -> None:
        """Execute what bounds a transaction and touches no row."""
        self.door.ask(sql, ())

    def all(self, sql: Sql, *values: Any) -> list[Row]:  # noqa: ANN401
        """Execute a query and give its rows."""
        rows: list[Row] = self.door.ask(sql, values).fetchall()
        return rows

    def one(self, sql: Sql, *values: Any) -> Row | None:  # noqa: ANN401
        """Execute a query and give its first row, if there is one."""
        row: Row | None = self.door.ask(sql, values).fetchone()
        return row


def _door(wrapper: Any) -> Door:  # noqa: ANN401 - Django's connection
    if wrapper.vendor != "postgresql":
        return _Sqlite(wrapper.connection)
    from motcua.core.postgres import Postgres  # noqa: PLC0415 - only where the extra is installed

    return Postgres(wrapper)


def database_errors() -> tuple[type[Exception], ...]:
    """Give what a database may raise: Django's errors, and those of the driver that acts ask."""
    wrapper: Any = connections[DEFAULT_DB_ALIAS]
    return (Error, wrapper.Database.Error)


class Busy(Refused):
    """The database is overloaded, or does not answer for the moment."""

    code = "api.busy"
    vi = "Hệ thống đang bận. Hãy gửi lại đúng yêu cầu này sau giây lát."
    en = "The house is busy. Send the very same request again in a moment."
    status = 503
    retry = True


def is_busy(error: BaseException) -> bool:
    """Tell whether the database did not answer: Django's word for it, or the driver's own."""
    wrapper: Any = connections[DEFAULT_DB_ALIAS]
    return isinstance(error, (OperationalError, wrapper.Database.OperationalError))


_BEGIN = Sql("BEGIN IMMEDIATE", postgres="BEGIN")
_COMMIT = Sql("COMMIT")
_ROLLBACK = Sql("ROLLBACK")
_SAVE = Sql("SAVEPOINT hot_act")
_KEEP = Sql("RELEASE SAVEPOINT hot_act")
_TAKE_BACK = Sql("ROLLBACK TO SAVEPOINT hot_act")


class _Handle(threading.local):
    """The handle on this thread's connection, made once per connection."""

    wrapper: Any = None
    raw: Any = None
    tx: Tx | None = None


_handle = _Handle()


def reading() -> Tx:
    """Give a handle for reads before, or without, a transaction."""
    handle = _handle
    wrapper, tx = handle.wrapper, handle.tx  # Django keeps one wrapper for each thread, for good
    if tx is None or wrapper.connection is None or handle.raw is not wrapper.connection:
        handle.wrapper = wrapper = connections[DEFAULT_DB_ALIAS]
        wrapper.ensure_connection()
        handle.raw = wrapper.connection
        handle.tx = tx = Tx(_door(wrapper), wrapper.vendor)
    return tx


@contextmanager
def act() -> Iterator[Tx]:
    """Open the one transaction of an act; a raised error undoes everything it wrote."""
    with transaction.atomic():
        yield reading()


class hot_act:  # noqa: N801 - used as a word: `with hot_act() as tx`
    """Like `act`, without Django's bookkeeping: inside, only statements of this module write.

    A write by the ORM inside would open a transaction of its own and fails loudly. Within an open
    transaction (a test, an importer, a simulation) it is a savepoint, and the ORM may write too.
    """

    __slots__ = ("_inside", "_tx")

    def __enter__(self) -> Tx:
        self._tx = reading()
        self._inside = bool(_handle.wrapper.in_atomic_block)
        self._tx.door.open(_SAVE if self._inside else _BEGIN)
        return self._tx

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:  # noqa: ANN401 - the protocol
        if kind is not None or (self._inside and _handle.wrapper.needs_rollback):
            self._undo()
            return
        try:
            self._tx.door.close(_KEEP if self._inside else _COMMIT)
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        """Take back what was written since the savepoint alone, as Django would, or all of it."""
        if self._inside:
            _handle.wrapper.needs_rollback = False
        if not self._tx.door.drop():
            return
        if self._inside:
            self._tx.mark(_TAKE_BACK)
            self._tx.mark(_KEEP)
        else:
            _undo(self._tx)


_LOOK = Sql("BEGIN", postgres="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


@contextmanager
def still() -> Iterator[Tx]:
    """Give a handle whose reads all see one moment, whoever acts meanwhile; nobody waits for it."""
    tx = reading()
    if _handle.wrapper.in_atomic_block:
        yield tx
        return
    tx.run(_LOOK)
    try:
        yield tx
    finally:
        _undo(tx)


_CARRY = Sql("PRAGMA wal_checkpoint(PASSIVE)")
_ROOM = Sql("PRAGMA cache_size")
_MORE_ROOM = Sql("PRAGMA cache_size = -256000")  # KiB


def carry_home() -> None:
    """Have SQLite copy its log into the database, as far as that makes nobody wait.

    For a thread beside one that writes much: what is copied by then, no commit has to copy.
    PostgreSQL has a process of its own for it. Outside transactions.
    """
    tx = reading()
    if not tx.is_postgres:
        tx.all(_CARRY)


@contextmanager
def roomy() -> Iterator[None]:
    """Let SQLite keep more pages in memory while much is written, so that each is written once."""
    tx = reading()
    if tx.is_postgres:
        yield
        return
    kept = tx.all(_ROOM)[0][0]
    tx.all(_MORE_ROOM)
    try:
        yield
    finally:
        tx.all(Sql(f"PRAGMA cache_size = {int(kept)}"))


def _undo(tx: Tx) -> None:
    """Roll back; a connection that cannot even do that is closed, which does it for us."""
    try:
        tx.run(_ROLLBACK)
    except Exception:  # noqa: BLE001 - whatever the driver says, the first error is the one to tell
        _handle.wrapper.close()


def instant(value: Any) -> datetime.datetime | None:  # noqa: ANN401 - text or datetime by database
    """Bring an instant of a raw row back as an aware datetime in UTC.

    SQLite gives text, or a naive datetime where the driver knows the column's type.
    """
    if value is None:
        return None
    if isinstance(value, str):  # to read the zone with the rest is a fifth of adding it after
        value = datetime.datetime.fromisoformat(value if "+" in value else value + _UTC)
    assert isinstance(value, datetime.datetime)
    if value.tzinfo is None:
        return value.replace(tzinfo=datetime.UTC)
    return value if value.tzinfo is datetime.UTC else value.astimezone(datetime.UTC)


def grid(rows: int, columns: int) -> str:
    """Give `(%s, %s), (%s, %s), …` for the values of so many rows."""
    return ", ".join([f"({marks(columns)})"] * rows)


def marks(count: int) -> str:
    """Give `%s, %s, …` for a list of `count` values."""
    return ", ".join(["%s"] * count)
