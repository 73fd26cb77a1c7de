"""`motcua import dossiers FILE --mapping FILE`: take dossiers over from another one-stop."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer

if TYPE_CHECKING:
    from motcua.core.takeover.staging import RowRefusal


class MappingNotRead(Refused):
    """The mapping file cannot be opened, or is no UTF-8."""

    code = "takeover.mapping_not_read"
    vi = "Không đọc được tệp ánh xạ {file}: {problem}."
    en = "The mapping {file} cannot be read: {problem}."


def add(parser: argparse.ArgumentParser) -> None:
    """Take a file, its mapping, and whether only to look."""
    parser.add_argument("what", choices=["dossiers"], help="what the file holds")
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV in UTF-8, plain or gzip")
    parser.add_argument("--mapping", type=Path, required=True, help="which column means what")
    parser.add_argument("--dry-run", action="store_true", help="make every check, write nothing")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Take the file over and report; 1 when anything was refused."""
    ready()
    from motcua.core.access.actors import house
    from motcua.core.now import now
    from motcua.core.takeover.actions import take_over
    from motcua.core.takeover.mapping import read_mapping

    report = take_over(
        actor=house("import"),
        at=now(),
        path=options.file,
        mapping=read_mapping(_text(options.mapping)),
        dry_run=options.dry_run,
    )
    told = report.told()
    if not options.json:
        del told["refusals"]
    answer(options, told)
    if not options.json:
        _tell(report.refusals, report.refused_rows)
    return 1 if report.refused_rows else 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise MappingNotRead(file=path, problem=wrong) from wrong


def _tell(refusals: Iterable[RowRefusal], rows: int) -> None:
    listed = 0
    for one in refusals:
        place = " ".join(part for part in (str(one.line), one.case, one.column) if part)
        print(f"{place}: [{one.code}] {one.vi} / {one.en}")
        listed += 1
    if rows > listed:
        print(f"… và {rows - listed} dòng nữa / and {rows - listed} rows more")
