"""`motcua export dossiers --format csv`: give dossiers and their events back as a file."""

from __future__ import annotations

import argparse
import errno
import gzip
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, as_json


class NotWritten(Refused):
    """The file cannot be written there."""

    code = "takeover.not_written"
    vi = "Không ghi được tệp {file}: {problem}."
    en = "The file {file} cannot be written: {problem}."


class NowhereElse(Refused):
    """The output is taken by the rows, so the answer about them has no place."""

    code = "takeover.json_needs_out"
    vi = "Các dòng được ghi ra đầu ra, nên --json cần thêm --out FILE."
    en = "The rows go to the output, so --json needs --out FILE."


def add(parser: argparse.ArgumentParser) -> None:
    """Take the format, a source, and where to write."""
    parser.add_argument("what", choices=["dossiers"], help="what to give")
    parser.add_argument("--format", choices=["csv"], required=True)
    parser.add_argument("--source", help="only what this source gave, in the columns it gave")
    parser.add_argument("--out", type=Path, help="a file (.gz: compressed) instead of the output")
    parser.add_argument(
        "--for-spreadsheets",
        action="store_true",
        help="put ' before cells that a spreadsheet would take for a formula",
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Write the rows as they are read; a reader that closes early (`| head`) is no fault."""
    if options.json and options.out is None:
        raise NowhereElse
    ready()
    try:
        with _written(options.out) as out:
            rows = _export(options, out)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if options.json:
        print(as_json({"rows": rows, "file": options.out}))
    elif options.out:
        print(f"{rows} dòng / rows: {options.out}")
    return 0


def _export(options: argparse.Namespace, out: TextIO) -> int:
    from django.conf import settings

    from motcua.core.takeover.giving_back import give_all, give_back

    if options.source:
        return give_back(options.source, out, for_spreadsheets=options.for_spreadsheets)
    return give_all(out, zone=settings.TIME_ZONE, for_spreadsheets=options.for_spreadsheets)


@contextmanager
def _written(path: Path | None) -> Iterator[TextIO]:
    """Give the output, or a file that takes its name when it is whole."""
    if path is None:
        yield from _output()
        return
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        number, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    except OSError as wrong:
        raise NotWritten(file=path, problem=wrong.strerror) from wrong
    try:
        with os.fdopen(number, "wb") as raw, _text_into(raw, packed=path.suffix == ".gz") as out:
            yield out
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _output() -> Iterator[TextIO]:
    """Give the standard output in UTF-8, whatever the terminal speaks."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        yield out
    finally:
        out.flush()
        out.detach()


@contextmanager
def _text_into(raw: io.BufferedWriter, *, packed: bool) -> Iterator[TextIO]:
    if not packed:
        with io.TextIOWrapper(raw, encoding="utf-8", newline="") as out:
            yield out
        return
    with (
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as unpacked,
        io.TextIOWrapper(unpacked, encoding="utf-8", newline="") as out,
    ):
        yield out
