"""The records of a CSV file, one by one in constant memory, whatever the file holds.

Compression is known by content. A record that cannot be read comes with its fault and the lines
it took, and reading goes on after it: an unclosed quote, bytes that are no UTF-8 or a line
without end spoils its own rows and no others.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from motcua.kernel.errors import Refused

MAX_LINE = 1 << 20
"""Bytes of one record; a longer one is refused and skipped in pieces."""

SMALL = 64 << 20
"""Bytes that any packed file may unpack to."""
MOST_TIMES = 100
"""A larger one may be so many times what it was packed in; event logs are some twenty times."""

_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_BOM = "\ufeff"


class NoFile(Refused):
    """The file cannot be opened."""

    code = "takeover.no_file"
    vi = "Không mở được tệp {file}: {problem}."
    en = "The file {file} cannot be opened: {problem}."


class BrokenArchive(Refused):
    """The compressed file ends early or is damaged."""

    code = "takeover.broken_archive"
    vi = "Tệp nén bị hỏng hoặc thiếu phần cuối; chưa ghi gì. Hãy lấy lại tệp."
    en = "The compressed file is damaged or cut short; nothing was written. Fetch it again."


class ArchiveBomb(Refused):
    """A small file that unpacks to more than any table of its size would."""

    code = "takeover.archive_bomb"
    vi = "Tệp nén {packed} byte giải nén ra hơn {limit} byte, không tệp thật nào thế. Chưa ghi gì."
    en = "{packed} bytes unpack to more than {limit}, as no real file does; nothing was written."


class NotATable(Refused):
    """A workbook or another archive of parts, not text."""

    code = "takeover.not_a_table"
    vi = (
        "Tệp là bảng tính XLSX hoặc tệp ZIP. Hãy lưu thành CSV UTF-8 (nén gzip cũng được) rồi nhập."
    )
    en = "The file is a workbook (XLSX) or a ZIP archive. Save it as CSV in UTF-8, plain or gzip."


class UnreadableRow(Refused):
    """Not CSV: a quote that is not closed, or text after a closing quote."""

    code = "takeover.unreadable_row"
    vi = "Dòng không đúng dạng CSV ({problem}); kiểm tra dấu nháy."
    en = "The row is not valid CSV ({problem}); check its quotes."


class RowTooLong(Refused):
    """A record longer than any real one."""

    code = "takeover.row_too_long"
    vi = "Dòng dài quá {limit} byte."
    en = "The row is longer than {limit} bytes."


@dataclass(frozen=True, slots=True)
class Record:
    """A record: the number of the line it begins on, its cells, or why there are none.

    Bytes that are no UTF-8 stand in `cells` as lone surrogates. `lines` is filled for faults, and
    `case` where a fault is known to be about one case alone.
    """

    line: int
    cells: list[str]
    fault: Refused | None = None
    lines: tuple[str, ...] = ()
    case: str = ""


class Readable(Protocol):
    """Bytes that can be read line by line, or in pieces."""

    def read(self, size: int, /) -> bytes:
        """Give at most `size` bytes; empty at the end."""

    def peek(self, size: int, /) -> bytes:
        """Give the next bytes and leave them where they are."""

    def readline(self, size: int, /) -> bytes:
        """Give the next line, at most `size` bytes of it; empty at the end."""


@contextmanager
def opened(path: Path) -> Iterator[Readable]:
    """Open a file, unpacked if it is gzip by its first bytes; raises `NoFile`, `NotATable`.

    What it unpacks to is bounded by what it was packed in: beyond, reading raises `ArchiveBomb`.
    """
    try:
        raw = path.open("rb")
    except OSError as wrong:
        raise NoFile(file=path, problem=wrong.strerror) from wrong
    with raw:
        begin = raw.peek(4)[:4]
        if begin == _ZIP:
            raise NotATable
        if begin[:2] != _GZIP:
            yield raw
            return
        with gzip.open(raw) as unpacked:
            yield _Bounded(unpacked, path.stat().st_size)


class _Bounded:
    """What a packed file holds, up to a bound that no real table reaches."""

    def __init__(self, unpacked: Readable, packed: int) -> None:
        self._unpacked, self._packed, self._given = unpacked, packed, 0
        self._limit = max(SMALL, packed * MOST_TIMES)

    def read(self, size: int, /) -> bytes:
        return self._counted(self._unpacked.read(size))

    def peek(self, size: int, /) -> bytes:
        return self._unpacked.peek(size)

    def readline(self, size: int, /) -> bytes:
        return self._counted(self._unpacked.readline(size))

    def _counted(self, piece: bytes) -> bytes:
        self._given += len(piece)
        if self._given > self._limit:
            raise ArchiveBomb(packed=self._packed, limit=self._limit)
        return piece


def records(stream: Readable, *, delimiter: str, quote: str) -> Iterator[Record]:
    """Give the records of a stream; raises `BrokenArchive`. Blank lines are left out."""
    lines = _Lines(stream)
    reader = csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True)
    while True:
        first = lines.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            yield Record(first, [], UnreadableRow(problem=wrong), tuple(lines.taken))
        except _Overlong:
            yield Record(first, [], RowTooLong(limit=MAX_LINE), tuple(lines.taken))
        else:
            if cells:
                yield Record(first, cells)


class _Overlong(Exception):
    """The record outgrew its bound; the parser begins anew with the next line."""


class _Lines:
    """Lines of text for the CSV parser, remembering those of the record at hand."""

    def __init__(self, stream: Readable) -> None:
        self.taken: list[str] = []
        self._stream, self._number, self._bytes = stream, 0, 0

    def begin(self) -> int:
        """Begin a record; give the number of its first line."""
        self.taken, self._bytes = [], 0
        return self._number + 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        raw = self._read()
        if not raw:
            raise StopIteration
        self._number += 1
        cut = len(raw) == MAX_LINE and not raw.endswith(b"\n")
        while raw and cut and not (piece := self._read()).endswith(b"\n") and piece:
            pass
        text = raw.decode("utf-8", "surrogateescape")
        text = text.removeprefix(_BOM) if self._number == 1 else text
        self.taken.append(text)
        self._bytes += len(raw)
        if cut or self._bytes > MAX_LINE:
            raise _Overlong
        return text

    def _read(self) -> bytes:
        try:
            return self._stream.readline(MAX_LINE)
        except (EOFError, zlib.error, gzip.BadGzipFile) as wrong:
            raise BrokenArchive from wrong
