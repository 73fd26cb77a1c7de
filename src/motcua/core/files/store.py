"""Bytes by content: a file is written, flushed to disk and named by its SHA-256 before the act."""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from motcua.core.files.scanning import scan
from motcua.core.sql import Sql, Tx, reading
from motcua.kernel.errors import Refused

_PUT = Sql(
    "INSERT INTO files_storedfile (sha256, size, media_type, stored_at) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (sha256) DO UPDATE SET size = excluded.size RETURNING id"
)

# By their first bytes, never by name: a name says what somebody called it.
_SIGNATURES = (
    (b"%PDF-", 0, "application/pdf"),
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"ftypheic", 4, "image/heic"),
    (b"ftypmif1", 4, "image/heic"),
    (b"PK\x03\x04", 0, "application/zip"),
)
# What a document of Word or Excel begins with; any other archive may hold anything.
_FIRST_PARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/", b"word/", b"xl/")
_PART_NAME = 30  # where a zip archive names its first part
_HEAD = 64
_ABANDONED = datetime.timedelta(days=1)
WAITS = datetime.timedelta(days=1)
"""How long a reference to a file that is attached to nothing may still attach it."""
_UNATTACHED = 2 * WAITS
_KNOWN = Sql("SELECT 1 FROM files_storedfile WHERE sha256 = %s")


class FileTooLarge(Refused):
    """The file is larger than this house takes in."""

    code = "files.too_large"
    vi = "Tệp lớn hơn {limit_mb} MB. Hãy chụp hoặc quét với độ phân giải thấp hơn."
    en = "The file is larger than {limit_mb} MB. Use a lower resolution."
    status = 413


class FileEmpty(Refused):
    """The file has no bytes."""

    code = "files.empty"
    vi = "Tệp không có nội dung."
    en = "The file is empty."


class FileTypeUnknown(Refused):
    """The bytes are of no kind that is taken in."""

    code = "files.type_unknown"
    vi = "Chỉ nhận tệp PDF, ảnh JPEG, PNG, HEIC hoặc văn bản Word, Excel mới (docx, xlsx)."
    en = "Only PDF, JPEG, PNG, HEIC and docx/xlsx files are accepted."
    status = 415


@dataclass(frozen=True, slots=True)
class Stored:
    """A file whose bytes lie on disk."""

    sha256: str
    size: int
    media_type: str


def path_of(sha256: str) -> Path:
    """Give where the bytes of a hash lie."""
    return Path(settings.MOTCUA_FILES) / sha256[:2] / sha256[2:4] / sha256


def keep(chunks: Iterable[bytes], *, ours: bool = False) -> Stored:
    """Write bytes to the store; an evidence file of unknown kind is refused.

    Where the house has a scanner it looks first, except at what the house has made (`ours`).
    Raises `FileTooLarge`, `FileEmpty`, `FileTypeUnknown`, `VirusFound` and `ScannerSilent`.
    """
    draft = _incoming() / secrets.token_hex(16)
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        stored = _write(draft, chunks)
        if not ours:
            scan(draft)
        target = path_of(stored.sha256)
        _make(target.parent)
        with _moving(fcntl.LOCK_SH):
            draft.replace(target)
        _flush_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)
    return stored


def sweep(*, at: datetime.datetime) -> None:
    """Remove what a killed process left half written a day ago or earlier."""
    oldest = (at - _ABANDONED).timestamp()
    for draft in _incoming().glob("*"):
        with suppress(FileNotFoundError):  # kept or given up meanwhile
            if draft.stat().st_mtime < oldest:
                draft.unlink()


def attached(sha256: str) -> bool:
    """Tell whether a file was ever attached to anything."""
    return reading().one(_KNOWN, sha256) is not None


def drop_unattached(*, at: datetime.datetime) -> int:
    """Remove files that came in two days ago or earlier and were attached to nothing; how many.

    What was made of a file (`pictures`) lies beside it under its name, and goes with it.

    No reference attaches a file a day after it came in, and the bytes that come in anew are young
    again: between a look at a file and its removal nobody can put the same bytes there.
    """
    oldest, dropped = (at - _UNATTACHED).timestamp(), 0
    for path in Path(settings.MOTCUA_FILES).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*"):
        if path.stat().st_mtime < oldest and not attached(path.name.partition(".")[0]):
            dropped += _drop(path, oldest)
    return dropped


def _drop(path: Path, oldest: float) -> int:
    with _moving(fcntl.LOCK_EX):
        if path.stat().st_mtime >= oldest:
            return 0
        path.unlink()
    return 1


@contextmanager
def _moving(how: int) -> Iterator[None]:
    """Take turns at the store: many may put files there at once, or one removes one."""
    incoming = _incoming()
    incoming.mkdir(parents=True, exist_ok=True)
    handle = os.open(incoming, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def record(tx: Tx, stored: Stored, *, at: datetime.datetime) -> int:
    """Give the id of the row of a stored file, writing it where it is new."""
    row = tx.one(_PUT, stored.sha256, stored.size, stored.media_type, at)
    assert row is not None
    return int(row[0])


def _incoming() -> Path:
    return Path(settings.MOTCUA_FILES) / "incoming"


def _make(folder: Path) -> None:
    """Make a folder and flush the one that names it: a power cut shall not take it back."""
    if not folder.is_dir():
        _make(folder.parent)
        folder.mkdir(exist_ok=True)
        _flush_folder(folder.parent)


def _write(draft: Path, chunks: Iterable[bytes]) -> Stored:
    digest, size, head = hashlib.sha256(), 0, b""
    limit = settings.MOTCUA_MAX_UPLOAD_BYTES
    with draft.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise FileTooLarge(limit_mb=limit // (1024 * 1024))
            head = head if len(head) >= _HEAD else head + chunk[:_HEAD]
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size, _media_type(head))


def _media_type(head: bytes) -> str:
    if not head:
        raise FileEmpty
    for signature, offset, media_type in _SIGNATURES:
        if head[offset : offset + len(signature)] == signature:
            if media_type == "application/zip" and not head[_PART_NAME:].startswith(_FIRST_PARTS):
                break
            return media_type
    raise FileTypeUnknown


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
