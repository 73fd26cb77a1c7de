"""Where a command writes: the output, or a file that takes its name when it is whole."""

from __future__ import annotations

import errno
import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from motcua.kernel.errors import Refused

_LEVEL = 5  # nine takes three times as long for a file a little smaller


class NotWritten(Refused):
    """The file cannot be written there."""

    code = "takeover.not_written"
    vi = "Không ghi được tệp {file}: {problem}."
    en = "The file {file} cannot be written: {problem}."


@contextmanager
def written(path: Path | None) -> Iterator[BinaryIO]:
    """Give the output, or a file that takes its name when it is whole."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as wrong:
        raise NotWritten(file=path, problem=wrong.strerror) from wrong
    try:
        with os.fdopen(number, "wb") as raw, _packed(raw, packed=path.suffix == ".gz") as out:
            yield out
        Path(name).replace(path)
    except OSError as wrong:
        raise NotWritten(file=path, problem=wrong.strerror) from wrong
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _packed(raw: BinaryIO, *, packed: bool) -> Iterator[BinaryIO]:
    if not packed:
        yield raw
        return
    with (
        gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=_LEVEL, mtime=0) as unpacked,
        io.BufferedWriter(unpacked) as out,
    ):
        yield out
