"""Putting an archive into an empty place: database, files, witness and keys, each checked.

The settings of this process already name the new place; nothing here looks at another one.
"""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.core.backups.archive import Archive, ArchiveBroken, flush_folder, write_durably
from motcua.core.backups.books import BOOKS
from motcua.core.backups.sealed_file import Lock
from motcua.core.backups.snapshot import copying, postgres_counts, sqlite_counts
from motcua.core.files.store import path_of
from motcua.core.ledger.erasures import keep_erasure
from motcua.core.ledger.witness import witnesses
from motcua.kernel.errors import Refused

KEYS = "keys.json"
_MARK = "motcua_restoring"


class DatabaseNotEmpty(Refused):
    """The database holds tables already."""

    code = "restore.database_not_empty"
    vi = "Cơ sở dữ liệu đích đã có dữ liệu; chỉ phục hồi vào cơ sở dữ liệu trống."
    en = "The target database is not empty; a restore goes into an empty one only."
    status = 409


class OtherDatabase(Refused):
    """An archive goes back into the kind of database it came from."""

    code = "restore.other_database"
    vi = "Bản sao lưu lấy từ {kind}; hãy phục hồi vào cùng loại cơ sở dữ liệu."
    en = "The archive was taken from {kind}; restore it into the same kind of database."


class NewerRelease(Refused):
    """The archive was made by a later release than this one."""

    code = "restore.newer_release"
    vi = "Bản sao lưu của phiên bản mới hơn (có {migration}); hãy dùng bản phần mềm ấy."
    en = "The archive is of a newer release (it has {migration}); use that release."


class RestoreUnfinished(Refused):
    """A restore into this database was broken off."""

    code = "restore.unfinished"
    vi = "Lần phục hồi vào cơ sở dữ liệu này chưa xong; hãy tạo lại cơ sở dữ liệu rồi phục hồi lại."
    en = "A restore into this database was broken off; make the database anew and restore again."
    status = 409


def refuse_unfinished() -> None:
    """Refuse to work on a database that a restore left half filled."""
    if _MARK in connection.introspection.table_names():
        raise RestoreUnfinished


def finish() -> None:
    """Say that the restore is complete: from here on the place opens."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {_MARK}")


def place_keys(archive: Archive, lock: Lock | None, from_folder: Path | None) -> bool:
    """Put the keys in place; tell whether there were any.

    Without them the house goes on with new ones: its name and the public halves of the old keys
    are in the manifest, so its seals stay verifiable; sealed personal numbers stay closed.
    """
    folder = Path(settings.MOTCUA_KEYS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = _held_keys(archive, lock, from_folder)
    former = [] if "seal.key" in held else archive.manifest.keys
    named = {"instance.key": bytes.fromhex(archive.manifest.instance)}
    if former:
        named["seal.former"] = "\n".join(former).encode() + b"\n"
    for name, value in {**named, **held}.items():
        path = folder / Path(name).name
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(value)
    return bool(held)


def _held_keys(archive: Archive, lock: Lock | None, from_folder: Path | None) -> dict[str, bytes]:
    if from_folder is not None:
        return {file.name: file.read_bytes() for file in from_folder.glob("[!.]*")}
    if KEYS not in {part["name"] for part in archive.manifest.parts}:
        return {}
    told = json.loads(b"".join(archive.read(KEYS, lock)))
    return {name: base64.b64decode(value) for name, value in told.items()}


def place_database(archive: Archive, lock: Lock | None) -> dict[str, int]:
    """Fill the empty database as it stood, at the migrations of then; give its counts by table."""
    if archive.manifest.database != connection.vendor:
        raise OtherDatabase(kind=archive.manifest.database)
    if connection.vendor == "sqlite":
        return _place_sqlite(archive, lock)
    return _place_postgres(archive, lock)


def sample() -> None:
    """Let PostgreSQL's planner sample the rows, once those that were erased since are gone again.

    Not before: a table that is left without rows keeps the samples it had, with their values.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _place_sqlite(archive: Archive, lock: Lock | None) -> dict[str, int]:
    path = Path(connection.settings_dict["NAME"])
    if path.exists():
        raise DatabaseNotEmpty
    write_durably(path, archive.read("database", lock))
    with closing(sqlite3.connect(path)) as database:
        return sqlite_counts(database)


def _place_postgres(archive: Archive, lock: Lock | None) -> dict[str, int]:
    if connection.introspection.table_names():
        raise DatabaseNotEmpty
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {_MARK} (since timestamptz DEFAULT now())")
    _migrate_to(archive.manifest.migrations)
    connection.ensure_connection()
    raw = connection.connection
    with raw.transaction():
        for (table,) in raw.execute(_TABLES).fetchall():
            raw.execute(f'TRUNCATE "{table}" CASCADE')
        _pour(raw, _Reader(archive.read("database", lock)))
    counts = postgres_counts(raw)
    del counts[_MARK]
    return counts


_TABLES = (
    "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
    f" AND relkind = 'r' AND relname <> '{_MARK}'"
)


def _migrate_to(ran: list[list[str]]) -> None:
    """Bring an empty database to the very migrations of the archive."""
    executor = MigrationExecutor(connection)
    known = executor.loader.graph.nodes
    wanted = [(app, name) for app, name in ran]
    for one in wanted:
        if one not in known:
            raise NewerRelease(migration=".".join(one))
    executor.migrate(wanted)


def _pour(raw: Any, reader: _Reader) -> None:  # noqa: ANN401 - psycopg's connection
    while (head := reader.line()) is not None:
        told = json.loads(head)
        if "sequences" in told:
            for name, last in told["sequences"].items():
                raw.execute("SELECT setval(%s::regclass, %s)", (f'"{name}"', last))
            continue
        with (
            raw.cursor() as cursor,
            cursor.copy(copying(told["table"], told["columns"], "FROM STDIN")) as rows,
        ):
            for piece in reader.frames():
                rows.write(piece)


class _Reader:
    """Reads the lines and frames of a PostgreSQL part out of its pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held = pieces, bytearray()

    def line(self) -> bytes | None:
        """Give the next line, None at the end."""
        while (end := self._held.find(b"\n")) < 0:
            if not self._more():
                return None
        return self._cut(end + 1)[:-1]

    def frames(self) -> Iterator[bytes]:
        """Give pieces until the empty frame."""
        while size := int(self.line() or 0):
            while len(self._held) < size:
                if not self._more():
                    raise ArchiveBroken(part="database")
            yield self._cut(size)

    def _more(self) -> bool:
        piece = next(self._pieces, b"")
        self._held += piece
        return bool(piece)

    def _cut(self, size: int) -> bytes:
        taken = bytes(self._held[:size])
        del self._held[:size]
        return taken


def place_files(archive: Archive, lock: Lock | None) -> int:
    """Write every file to the new store, each checked against its hash; give how many."""
    count = 0
    for sha256, _ in archive.lines("files.jsonl", lock):
        path = path_of(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_durably(path, archive.file(sha256, lock))
        flush_folder(path.parent)
        count += 1
    return count


def place_witness(archive: Archive, lock: Lock | None) -> None:
    """Give the witness of the new place what the archive holds of the old one's."""
    known = {book.name: witnesses(book)[0] for book in BOOKS}
    for book, number, text in archive.lines("witness.jsonl", lock):
        known[book].put(number, text)
    for told in archive.lines("erasures.jsonl", lock):
        keep_erasure(told)


def remove_place(home: Path) -> None:
    """Remove what a refused restore had put down so far."""
    shutil.rmtree(home, ignore_errors=True)
