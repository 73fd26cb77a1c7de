"""Witnesses keep the seals where whoever rewrites the database can't reach.

The port is small on purpose: a second directory here (a mount of another agency, a write-once
share), another house or a mailbox later. A witness never forgets and never takes a second answer.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

from motcua.core.ledger.book import LEDGER, Book
from motcua.core.ledger.models import SealColumns
from motcua.kernel import canonical
from motcua.kernel.errors import Refused

FORMAT = "motcua.witnessed.1"


class WitnessDisagrees(Refused):
    """The witness holds another seal under this number: the ledger was restored or rewritten."""

    code = "ledger.witness_disagrees"
    vi = (
        "Nơi làm chứng {witness} đang giữ một niêm phong số {number} khác; sổ cái đã được phục hồi "
        "từ bản cũ hoặc bị sửa. Hãy dừng niêm phong và kiểm tra sổ cái."
    )
    en = (
        "The witness {witness} holds another seal {number}; the ledger was restored from an older "
        "copy or rewritten. Stop sealing and verify the ledger."
    )
    status = 409


class WitnessUnreachable(Refused):
    """The witness can't be read or written now; the seal stands and is sent again later."""

    code = "ledger.witness_unreachable"
    vi = "Chưa gửi hoặc đọc được nơi làm chứng {witness}: {reason}."
    en = "The witness {witness} cannot be reached: {reason}."
    status = 503
    retry = True


class Witness(Protocol):
    """Someone outside who keeps every seal by its number."""

    @property
    def name(self) -> str:
        """What to call this witness in a report."""

    def get(self, number: int) -> str | None:
        """Give what is held under a number, or None. Raises `WitnessUnreachable`."""

    def put(self, number: int, text: str) -> None:
        """Keep a text for ever; the same one again changes nothing.

        Raises `WitnessDisagrees` when another text is held, and `WitnessUnreachable`.
        """

    def numbers(self) -> Iterator[int]:
        """Give every number held, in any order. Raises `WitnessUnreachable`."""


class FolderWitness:
    """A directory with one file `<number>.json` a seal.

    A file appears whole or not at all (written aside, fsync, hard link, fsync of the directory)
    and a link never replaces a file, so two writers can't overwrite one another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = str(folder)

    def get(self, number: int) -> str | None:
        """Read a file back."""
        try:
            return self._path(number).read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreachable(error) from error

    def put(self, number: int, text: str) -> None:
        """Write a file that isn't there; refuse where another one is."""
        held = self.get(number)
        if held is None:
            try:
                self._write(self._path(number), text.encode())
            except OSError as error:
                raise self._unreachable(error) from error
            held = self.get(number)
        if held != text:
            raise WitnessDisagrees(witness=self.name, number=number)

    def numbers(self) -> Iterator[int]:
        """List the folder without reading it into memory."""
        try:
            with os.scandir(self._folder) as files:
                for file in files:
                    stem, dot, kind = file.name.partition(".")
                    if (dot + kind) == ".json" and stem.isdecimal():
                        yield int(stem)
        except FileNotFoundError:
            return
        except OSError as error:
            raise self._unreachable(error) from error

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.json"

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
        _write_durably(draft, data)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another sealer was first; `put` compares what it wrote
        finally:
            draft.unlink()
        _sync_folder(path.parent)

    def _unreachable(self, error: OSError) -> WitnessUnreachable:
        return WitnessUnreachable(witness=self.name, reason=error.strerror or str(error))


def witnesses(book: Book = LEDGER) -> tuple[Witness, ...]:
    """Give the witnesses of a book of this house (`MOTCUA_WITNESS`; each book has its place)."""
    return (FolderWitness(Path(settings.MOTCUA_WITNESS) / book.folder),)


def witnessed_text(seal: SealColumns) -> str:
    """Give what a witness keeps of a seal: all of it, as canonical JSON."""
    return canonical.encode(
        {
            "format": FORMAT,
            "statement": seal.statement,
            "hash": bytes(seal.hash).hex(),
            "signature": bytes(seal.signature).hex(),
            "public_key": bytes(seal.public_key).hex(),
        }
    ).decode()


def hand_over(to: Iterable[Witness] | None = None, book: Book = LEDGER) -> int:
    """Send every witness the seals it lacks, oldest first, and give how many were sent.

    Runs after each sealing, so what a crash kept back goes out with the next run. Looks back only
    to the newest seal that a witness holds, and compares that one. Raises `WitnessDisagrees` or
    `WitnessUnreachable`.
    """
    return sum(_catch_up(book, witness) for witness in (witnesses(book) if to is None else to))


def _catch_up(book: Book, witness: Witness) -> int:
    missing: list[int] = []
    seals = book.all_seals()
    for seal in seals.order_by("-number").iterator():
        held = witness.get(seal.number)
        if held is None:
            missing.append(seal.number)
            continue
        if held != witnessed_text(seal):
            raise WitnessDisagrees(witness=witness.name, number=seal.number)
        break
    for number in reversed(missing):
        witness.put(number, witnessed_text(seals.get(number=number)))
    return len(missing)


def _write_durably(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o444), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
