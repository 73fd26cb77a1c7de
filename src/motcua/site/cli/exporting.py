"""`motcua export dossiers --format F`: give dossiers and their events out as a file."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import BinaryIO

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, as_json
from motcua.site.cli.written import written


class NowhereElse(Refused):
    """The output is taken by the rows, so the answer about them has no place."""

    code = "takeover.json_needs_out"
    vi = "Các dòng được ghi ra đầu ra, nên --json cần thêm --out FILE."
    en = "The rows go to the output, so --json needs --out FILE."


def add(parser: argparse.ArgumentParser) -> None:
    """Take the format, what a row is, a source, and where to write."""
    parser.add_argument("what", choices=["dossiers"], help="what to give")
    parser.add_argument("--format", choices=["csv", "xlsx", "parquet", "xes"], required=True)
    parser.add_argument(
        "--rows", choices=["events", "cases"], default="events", help="what one row stands for"
    )
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
        with written(options.out) as out:
            rows = _export(options, out)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if options.json:
        print(as_json({"rows": rows, "file": options.out}))
    elif options.out:
        print(f"{rows} dòng / rows: {options.out}")
    return 0


def _export(options: argparse.Namespace, out: BinaryIO) -> int:
    from django.conf import settings

    from motcua.core.exports.giving import Format, OnlyEvents, Rows, give_back, give_dossiers

    form, rows = Format(options.format), Rows(options.rows)
    if rows is Rows.CASES and (options.source or form is Format.XES):
        raise OnlyEvents
    _log(form, options.source)
    if not options.source:
        return give_dossiers(
            out, form, zone=settings.TIME_ZONE, rows=rows, for_spreadsheets=options.for_spreadsheets
        )
    return give_back(out, form, options.source, for_spreadsheets=options.for_spreadsheets)


def _log(form: str, source: str | None) -> None:
    """Write into the access log that all this goes out, before any of it does."""
    from motcua.core.access import log
    from motcua.core.access.actors import house
    from motcua.core.dossiers.models import Dossier
    from motcua.core.exports.sources import source_named
    from motcua.core.now import now
    from motcua.core.takeover.models import Case

    rows = Case.objects.filter(source=source_named(source)) if source else Dossier.objects.all()
    reader = log.Reader(house("export"), now())
    what = f"{source or 'dossiers'}.{form}"
    log.exported_whole(reader, what=what, count=rows.count())
