"""An archive on disk: one folder, whole when it has its name, and checked before it is believed.

    <name>/manifest.json       what it holds, canonical JSON
           manifest.sig        the seal key's signature over it, and the passphrase's stamp
           database            an SQLite file, or the tables of PostgreSQL
           witness.jsonl, erasures.jsonl, files.jsonl, keys.json
           files/<aa>/<hash>   each file that the database names, under its own hash

No Django here: `backup list` and the first checks of a restore need none.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.core.backups.sealed_file import Lock, PassphraseWrong
from motcua.kernel import canonical
from motcua.kernel.errors import Refused

FORMAT = "motcua.backup.1"
MANIFEST, SIGNATURE, FILES = "manifest.json", "manifest.sig", "files"
DRAFT = ".draft-"
_SIGNED = b"motcua.backup.manifest.1\x00"
_CHUNK = 1 << 20

Signer = Callable[[bytes], tuple[bytes, bytes]]
"""Gives public key and signature over a text."""


class ArchiveMissing(Refused):
    """There is no archive there, or none of that point."""

    code = "backups.missing"
    vi = "Không có bản sao lưu nào ở {place}."
    en = "There is no archive at {place}."


class ArchiveBroken(Refused):
    """A part of the archive is missing, cut off or changed: nothing of it is used."""

    code = "backups.broken"
    vi = "Bản sao lưu đã hỏng hoặc bị sửa ở {part}; không phục hồi từ bản này."
    en = "The archive is damaged or was changed at {part}; nothing is restored from it."


class ArchiveForeign(Refused):
    """The file says it is an archive of a form that this release does not know."""

    code = "backups.format"
    vi = "Bản phần mềm này không đọc được bản sao lưu dạng “{format}”."
    en = "This release does not read archives of the form “{format}”."


class PassphraseNeeded(Refused):
    """The archive is encrypted and no passphrase was given."""

    code = "backups.passphrase_needed"
    vi = "Bản sao lưu này được mã hóa; hãy cho biết tệp mật khẩu (--passphrase)."
    en = "This archive is encrypted; name the file with its passphrase (--passphrase)."


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive as it lies there: size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an archive says of itself; nothing in it is personal.

    `point` is the moment: the last `seal` with its `root`, how many `entries` there were, and how
    many of them were `unsealed`. `counts` are rows by table, `files` how many and how many bytes.
    """

    format: str
    taken_at: str
    version: str
    database: str
    instance: str
    keys: list[str]
    point: dict[str, Any]
    counts: dict[str, int]
    migrations: list[list[str]]
    settings: dict[str, Any]
    files: dict[str, int]
    missing_files: list[str]
    parts: list[dict[str, Any]]
    salt: str = ""
    check: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def encrypted(self) -> bool:
        """Tell whether a passphrase is needed to read it."""
        return bool(self.salt)

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder with a manifest that was read."""

    folder: Path
    manifest: Manifest

    @property
    def root(self) -> str:
        """Give the last sealed root: the name of the point."""
        return str(self.manifest.point["root"])

    def lock(self, words: str | None) -> Lock | None:
        """Give the lock of an encrypted archive, or refuse the passphrase."""
        if not self.manifest.encrypted:
            return None
        if words is None:
            raise PassphraseNeeded
        lock = Lock.of(words, bytes.fromhex(self.manifest.salt))
        if lock.check() != self.manifest.check:
            raise PassphraseWrong
        return lock

    def read(self, part: str, lock: Lock | None) -> Iterator[bytes]:
        """Give the bytes of a part as they were before encryption."""
        path = self.folder / part
        if lock is not None:
            yield from lock.open(part, path)
            return
        yield from chunks_of(path)

    def lines(self, part: str, lock: Lock | None) -> Iterator[Any]:
        """Give the values of a part that has one JSON value a line."""
        rest = b""
        for chunk in self.read(part, lock):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from map(json.loads, whole)

    def file(self, sha256: str, lock: Lock | None) -> Iterator[bytes]:
        """Give the bytes of a stored file; refused unless they have that very hash."""
        name, digest = file_name(sha256, lock), hashlib.sha256()
        for chunk in self.read(name, lock):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != sha256:
            raise ArchiveBroken(part=name)


def file_name(sha256: str, lock: Lock | None) -> str:
    """Give where a stored file lies within an archive."""
    shown = sha256 if lock is None else lock.hidden(sha256)
    return f"{FILES}/{shown[:2]}/{shown}"


def read_archive(folder: Path) -> Archive:
    """Read the manifest and check its signature; raises `ArchiveMissing` or `ArchiveBroken`."""
    try:
        text = (folder / MANIFEST).read_bytes()
        signed = json.loads((folder / SIGNATURE).read_bytes())
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signed["public_key"]))
        public.verify(bytes.fromhex(signed["signature"]), _SIGNED + text)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ArchiveMissing(place=folder) from error
    except (InvalidSignature, ValueError, LookupError, TypeError) as error:
        raise ArchiveBroken(part=MANIFEST) from error
    told = json.loads(text)
    if told.get("format") != FORMAT:
        raise ArchiveForeign(format=str(told.get("format"))[:40])
    if signed["public_key"] not in told["keys"]:
        raise ArchiveBroken(part=SIGNATURE)
    return Archive(folder, Manifest(**told))


def check(archive: Archive, lock: Lock | None) -> int:
    """Compare every part with the manifest, byte by byte; give how many bytes were read.

    Raises `ArchiveBroken` naming the first part that is missing, cut off or changed.
    """
    stamp = json.loads((archive.folder / SIGNATURE).read_bytes()).get("stamp", "")
    if lock is not None and lock.stamp((archive.folder / MANIFEST).read_bytes()) != stamp:
        raise ArchiveBroken(part=SIGNATURE)
    read = 0
    for told in archive.manifest.parts:
        part = Part(**told)
        if part_of(archive.folder, part.name) != part:
            raise ArchiveBroken(part=part.name)
        read += part.size
    for sha256, size in _files(archive, lock):
        found = sum(len(chunk) for chunk in _existing(archive, sha256, lock))
        if found != size:
            raise ArchiveBroken(part=file_name(sha256, lock))
        read += size
    return read


def _files(archive: Archive, lock: Lock | None) -> Iterator[tuple[str, int]]:
    yield from archive.lines("files.jsonl", lock)


def _existing(archive: Archive, sha256: str, lock: Lock | None) -> Iterator[bytes]:
    try:
        yield from archive.file(sha256, lock)
    except FileNotFoundError as error:
        raise ArchiveBroken(part=file_name(sha256, lock)) from error


def part_of(folder: Path, name: str) -> Part | None:
    """Measure a file of an archive; None where it isn't there."""
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in chunks_of(folder / name):
            digest.update(chunk)
            size += len(chunk)
    except FileNotFoundError:
        return None
    return Part(name, size, digest.hexdigest())


def archives(folder: Path) -> list[Archive]:
    """Give the archives of a folder, oldest first; what is no whole archive is passed over."""
    if not folder.is_dir():
        return []
    found = []
    for one in folder.iterdir():
        if one.name.startswith("."):
            continue
        try:
            found.append(read_archive(one))
        except (ArchiveMissing, ArchiveBroken, ArchiveForeign):
            continue
    return sorted(found, key=lambda archive: archive.manifest.taken_at)


def at_root(folder: Path, root: str) -> Archive:
    """Find the newest archive whose last sealed root begins with `root` (8 digits or more)."""
    named = [one for one in archives(folder) if one.root.startswith(root.lower())]
    if len(root) < len("01234567") or not named:
        raise ArchiveMissing(place=f"{folder} ({root})")
    return named[-1]


def write_manifest(folder: Path, manifest: Manifest, signer: Signer, lock: Lock | None) -> None:
    """Write manifest and signature, the last of a draft; `signer` signs with the seal key."""
    text = canonical.encode(manifest.as_json())
    public, signature = signer(_SIGNED + text)
    signed = {
        "public_key": public.hex(),
        "signature": signature.hex(),
        "stamp": lock.stamp(text) if lock else "",
    }
    write_durably(folder / MANIFEST, [text])
    write_durably(folder / SIGNATURE, [canonical.encode(signed)])


def chunks_of(path: Path) -> Generator[bytes]:
    """Read a file piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def write_durably(path: Path, chunks: Iterable[bytes]) -> Part:
    """Write a file to the disk itself and give what it is."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Part(path.name, size, digest.hexdigest())


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def prune(folder: Path, keep: int) -> list[str]:
    """Remove all but the newest `keep` archives; give the names of those removed.

    An archive loses its name first, so that one that is half removed never looks whole.
    """
    removed = []
    for one in archives(folder)[:-keep]:
        doomed = one.folder.with_name(f"{DRAFT}{one.folder.name}")
        one.folder.rename(doomed)
        shutil.rmtree(doomed)
        removed.append(one.folder.name)
    return removed
