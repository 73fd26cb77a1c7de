"""Taking a backup: a draft beside the archives that gets its name when it is whole on the disk."""

from __future__ import annotations

import base64
import datetime
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

import motcua
from motcua.core.backups.archive import (
    DRAFT,
    FORMAT,
    Archive,
    Manifest,
    Part,
    archives,
    chunks_of,
    file_name,
    flush_folder,
    part_of,
    prune,
    write_durably,
    write_manifest,
)
from motcua.core.backups.books import BOOKS
from motcua.core.backups.sealed_file import Lock, PassphraseWrong
from motcua.core.backups.snapshot import Moment, postgres_moment, sqlite_moment
from motcua.core.files.store import path_of
from motcua.core.ledger.append import instant_text
from motcua.core.ledger.erasures import erasures
from motcua.core.ledger.sealing import SealRaced, seal
from motcua.core.ledger.statement import instance, own_keys, sign_bytes
from motcua.core.ledger.witness import WitnessDisagrees, WitnessUnreachable, witnesses
from motcua.core.space import is_full
from motcua.kernel.errors import Refused

_SETTINGS = (
    "MOTCUA_COUNTRY",
    "MOTCUA_PUBLIC_ADDRESS",
    "MOTCUA_SAMPLE",
    "MOTCUA_MAX_UPLOAD_BYTES",
    "MOTCUA_SYSTEMS",
    "TIME_ZONE",
    "ALLOWED_HOSTS",
)


class BackupRunning(Refused):
    """Another backup writes to the same folder."""

    code = "backups.running"
    vi = "Một lần sao lưu khác đang ghi vào {folder}; hãy chờ nó xong."
    en = "Another backup is writing to {folder}; wait until it is done."
    status = 409
    retry = True


class NoRoom(Refused):
    """The disk is full; what was begun was removed."""

    code = "backups.no_room"
    vi = "Không đủ chỗ ở {folder}: chưa có bản sao lưu mới, các bản cũ còn nguyên. Hãy dọn chỗ."
    en = "{folder} is full: no new archive was made and the old ones are whole. Make room."
    status = 507


class KeysInTheOpen(Refused):
    """Secret keys are never written without encryption."""

    code = "backups.keys_in_the_open"
    vi = "Khóa bí mật chỉ được sao lưu khi bản sao lưu có mật khẩu (--passphrase)."
    en = "Secret keys go into an archive only under a passphrase (--passphrase)."


@dataclass(frozen=True, slots=True)
class Taken:
    """A new archive, what of it was new, and which old ones were removed."""

    archive: Archive
    bytes_written: int
    files_copied: int
    files_linked: int
    removed: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """Give plain values."""
        manifest = self.archive.manifest
        return {
            "archive": str(self.archive.folder),
            "root": self.archive.root,
            "point": manifest.point,
            "counts": manifest.counts,
            "files": manifest.files,
            "missing_files": manifest.missing_files,
            "files_copied": self.files_copied,
            "files_linked": self.files_linked,
            "bytes_written": self.bytes_written,
            "encrypted": manifest.encrypted,
            "notes": manifest.notes,
            "removed": list(self.removed),
        }


def take(
    *,
    at: datetime.datetime,
    to: Path,
    words: str | None = None,
    with_keys: bool = False,
    keep: int | None = None,
) -> Taken:
    """Make an archive of this house in the folder `to` while everybody goes on working.

    `words` is a passphrase: everything but the manifest is then encrypted. `keep` is how many
    archives stay. Raises `BackupRunning`, `NoRoom`, `KeysInTheOpen`; a backup that fails or is
    killed leaves no archive, only a hidden draft that the next one removes.
    """
    if with_keys and words is None:
        raise KeysInTheOpen
    with _room(to), _alone(to):
        notes = _sealed_first(at)
        draft = Path(tempfile.mkdtemp(prefix=DRAFT, dir=to))
        try:
            work = _Work(draft, _newest(to), _lock(to, words), with_keys=with_keys)
            manifest = work.write(at, notes)
            archive = Archive(to / _name(at, manifest), manifest)
            draft.rename(archive.folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        flush_folder(to)
        removed = prune(to, keep) if keep else []
    return Taken(archive, work.written, work.copied, work.linked, tuple(removed))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder; whoever holds it may remove the drafts of those who were killed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupRunning(folder=folder) from error
        for left in [*folder.glob(f"{DRAFT}*"), *_beside_database().glob(f"{DRAFT}*")]:
            shutil.rmtree(left)
        yield


@contextmanager
def _room(folder: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if not is_full(error):
            raise
        raise NoRoom(folder=folder) from error


def _sealed_first(at: datetime.datetime) -> list[str]:
    """Seal what is open, so that the point is a fresh one; a witness that is away is noted."""
    notes = []
    for book in BOOKS:
        try:
            while seal(at=at, book=book) is not None:
                pass
        except (WitnessUnreachable, WitnessDisagrees) as problem:
            notes.append(problem.text("en"))
        except SealRaced:
            continue
    return notes


def _newest(folder: Path) -> Archive | None:
    found = archives(folder)
    return found[-1] if found else None


def _lock(folder: Path, words: str | None) -> Lock | None:
    """Take the lock of the newest archive that opens with these words: its files can be linked."""
    if words is None:
        return None
    for archive in reversed(archives(folder)):
        with suppress(PassphraseWrong):
            if archive.manifest.encrypted:
                return archive.lock(words)
    return Lock.of(words)


def _name(at: datetime.datetime, manifest: Manifest) -> str:
    point = manifest.point
    shown = f"{point['seal']}-{point['root'][:12]}" if point["root"] else "unsealed"
    return f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%S.%fZ}-{shown}"


def _beside_database() -> Path:
    """Give a folder on which the database's own text may lie; the home, on PostgreSQL."""
    if connection.vendor == "sqlite":
        return Path(settings.DATABASES["default"]["NAME"]).absolute().parent
    return Path(settings.MOTCUA_HOME)


class _Work:
    """The parts of one draft, written one after the other."""

    def __init__(
        self, draft: Path, before: Archive | None, lock: Lock | None, *, with_keys: bool
    ) -> None:
        self.written = self.copied = self.linked = 0
        self._draft, self._before, self._lock = draft, before, lock
        self._with_keys = with_keys
        self._parts: list[Part] = []
        self._missing: list[str] = []

    def write(self, at: datetime.datetime, notes: list[str]) -> Manifest:
        """Write every part and the manifest, all of it brought to the disk."""
        with self._moment() as moment:
            self._put_database(moment)
            files = moment.files()
            point, migrations, last = moment.point(), moment.migrations(), moment.last_seals()
        self._put("files.jsonl", map(_line, self._copy_files(files)))
        notes = [*notes, *self._put_witness(last)]
        self._put("erasures.jsonl", map(_line, erasures()))
        if self._with_keys:
            self._put("keys.json", [_keys()])
        manifest = Manifest(
            format=FORMAT,
            taken_at=instant_text(at),
            version=motcua.__version__,
            database=moment.kind,
            instance=instance(),
            keys=sorted(key.hex() for key in own_keys()),
            point=point,
            counts=moment.counts,
            migrations=migrations,
            settings={name: _plain(getattr(settings, name)) for name in _SETTINGS},
            files={"count": self.copied + self.linked, "bytes": sum(size for _, size in files)},
            missing_files=self._missing,
            parts=[
                {"name": one.name, "size": one.size, "sha256": one.sha256} for one in self._parts
            ],
            salt=self._lock.salt.hex() if self._lock else "",
            check=self._lock.check() if self._lock else "",
            notes=notes,
        )
        write_manifest(self._draft, manifest, sign_bytes, self._lock)
        for folder, _, _ in os.walk(self._draft):
            flush_folder(Path(folder))
        return manifest

    @contextmanager
    def _moment(self) -> Iterator[Moment]:
        """Open the database's moment; its plain text never lies among encrypted archives."""
        base = _beside_database()
        base.mkdir(parents=True, exist_ok=True)
        with closing(_Plain(base if self._lock else self._draft)) as plain, _opened(plain) as one:
            yield one

    def _put_database(self, moment: Moment) -> None:
        """Write the database; a plain copy that lies in the draft already only gets its name."""
        if moment.file is None or self._lock is not None:
            # A copy that breaks off is closed here: left to the collector, it would wait for ever
            # for the very connection that is then rolling back.
            with closing(moment.dump()) as rows:
                self._put("database", rows)
            return
        with moment.file.open("rb") as file:
            os.fsync(file.fileno())
        part = part_of(moment.file.rename(self._draft / "database").parent, "database")
        assert part is not None
        self._parts.append(part)
        self.written += part.size

    def _put(self, name: str, chunks: Iterable[bytes]) -> None:
        shut = self._lock.shut(name, chunks) if self._lock else chunks
        part = write_durably(self._draft / name, shut)
        self._parts.append(part)
        self.written += part.size

    def _copy_files(self, files: list[tuple[Any, ...]]) -> Iterator[tuple[str, int]]:
        for sha256, size in files:
            name = file_name(sha256, self._lock)
            target = self._draft / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if self._link(name, target):
                self.linked += 1
            elif self._copy(sha256, name, target):
                self.copied += 1
            else:
                self._missing.append(sha256)
                continue
            yield sha256, size

    def _link(self, name: str, target: Path) -> bool:
        if self._before is None:
            return False
        with suppress(OSError):  # not there, or a disk without hard links
            target.hardlink_to(self._before.folder / name)
            return True
        return False

    def _copy(self, sha256: str, name: str, target: Path) -> bool:
        source = path_of(sha256)
        if not source.is_file():
            return False
        plain = chunks_of(source)
        part = write_durably(target, self._lock.shut(name, plain) if self._lock else plain)
        self.written += part.size
        return True

    def _put_witness(self, last: dict[str, int]) -> list[str]:
        """Copy what the witnesses hold up to the last seals of the moment; tell who is away."""
        lines: list[bytes] = []
        notes = []
        for book, witness in ((one, held) for one in BOOKS for held in witnesses(one)):
            try:
                known = sorted(one for one in witness.numbers() if one <= last[book.name])
                lines += [_line([book.name, one, witness.get(one)]) for one in known]
            except WitnessUnreachable as away:
                notes.append(away.text("en"))
        self._put("witness.jsonl", lines)
        return notes


class _Plain:
    """A folder for the plain copy of an SQLite database, gone when it is closed."""

    def __init__(self, base: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=DRAFT, dir=base))

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _opened(plain: _Plain) -> AbstractContextManager[Moment]:
    if connection.vendor == "sqlite":
        return sqlite_moment(Path(connection.settings_dict["NAME"]), plain.folder / "database")
    parameters = connection.get_connection_params()
    kept = ("dbname", "user", "password", "host", "port")
    return postgres_moment({name: parameters[name] for name in kept if name in parameters})


def _keys() -> bytes:
    files = sorted(Path(settings.MOTCUA_KEYS).glob("[!.]*"))
    told = {file.name: base64.b64encode(file.read_bytes()).decode() for file in files}
    return json.dumps(told).encode()


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) else value
