"""`motcua reform draft|plan|preview|undo|run|status`: agencies end on a day and heirs go on."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.agencies import FileUnreadable
from motcua.site.cli.django import ready
from motcua.site.cli.erase import keeper
from motcua.site.cli.output import add_json, answer, as_json, count

if TYPE_CHECKING:
    from motcua.core.reform.models import Reform
    from motcua.core.reform.rules import Order


class DayMissing(Refused):
    """A CSV says neither the day nor the document."""

    code = "cli.reform_day_missing"
    vi = "Tệp CSV không có ngày và văn bản; hãy thêm --date và --document."
    en = "A CSV has neither day nor document; add --date and --document."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the six ways."""
    ways = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    draft = ways.add_parser(
        "draft", help="write a plan from what becomes of areas, to be corrected"
    )
    draft.add_argument("--date", type=datetime.date.fromisoformat, required=True, help="the day")
    draft.add_argument("--document", required=True, help="the decision, as 12/NQ-HĐND")
    for name, text in (
        ("plan", "keep a plan; it comes into force on its day"),
        ("preview", "tell what a plan would move where, and what forbids it"),
    ):
        way = ways.add_parser(name, help=text, description=text)
        way.add_argument("file", help="a TOML or CSV file" + (", or a number" * (name != "plan")))
        way.add_argument("--date", type=datetime.date.fromisoformat, help="of a CSV: the day")
        way.add_argument("--document", default="", help="of a CSV: the decision, as 12/NQ-HĐND")
        if name == "plan":
            way.add_argument("--by", required=True, help="the sign-in name of who decides")
        add_json(way)
    undoing = ways.add_parser("undo", help="take a plan back before its day")
    undoing.add_argument("number", type=count)
    undoing.add_argument("--by", required=True, help="the sign-in name of who decides")
    running = ways.add_parser("run", help="carry a plan out now, or go on with one that stopped")
    running.add_argument("number", type=count)
    status = ways.add_parser("status", help="list the plans and how far they have come")
    for way in (undoing, running, status):
        add_json(way)


def run(options: argparse.Namespace) -> int:
    """Do one of the six; a preview with faults gives 1."""
    ready()
    ways = {
        "draft": _draft,
        "plan": _plan,
        "preview": _preview,
        "undo": _undo,
        "run": _run,
        "status": _status,
    }
    return ways[options.what](options)


def _draft(options: argparse.Namespace) -> int:
    from motcua.core.reform.drawing import draft
    from motcua.core.reform.reading import written

    print(written(draft(on=options.date, document=options.document)), end="")
    return 0


def _plan(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.core.reform.planning import plan

    at = now()
    answer(options, _told(plan(actor=keeper(options.by, at), at=at, order=_order(options))))
    return 0


def _preview(options: argparse.Namespace) -> int:
    from motcua.core.reform.planning import reform
    from motcua.core.reform.preview import preview
    from motcua.core.reform.reading import read_plan

    if options.file.isdecimal():
        row = reform(int(options.file))
        found = preview(read_plan(row.text), of=row.pk)
    else:
        found = preview(_order(options))
    if options.json:
        print(as_json(found.told()))
        return 1 if found.faults else 0
    for line in found.lines:
        print(
            f"{line.ending} {line.ending_name} → {line.heir} {line.heir_name}: {line.total} hồ sơ,"
            f" {line.legs} ý kiến, {line.records} bản ghi, {line.posts} vị trí"
        )
    for kind, rows in (("!", found.faults), ("?", found.warnings)):
        for one in rows:
            print(f"{kind} [{one.code}] {one.text('vi')} / {one.text('en')}")
    return 1 if found.faults else 0


def _undo(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.core.reform.planning import undo

    at = now()
    row = undo(actor=keeper(options.by, at), at=at, reform_id=options.number)
    answer(options, _told(row))
    return 0


def _run(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.core.reform.whole import run as carry_out

    report = carry_out(clock=now, reform_id=options.number)
    answer(options, report.told())
    return 1 if report.refused else 0


def _status(options: argparse.Namespace) -> int:
    from motcua.core.reform.models import Reform

    rows = [_told(row) for row in Reform.objects.order_by("on", "pk")]
    if options.json:
        print(as_json({"reforms": rows}))
        return 0
    for row in rows:
        print("  ".join(str(value) for value in row.values()))
    return 0


def _told(row: Reform) -> dict[str, object]:
    return {
        "reform": row.pk,
        "on": row.on.isoformat(),
        "state": str(row.state),
        "moved": row.moved,
        "records": row.records,
        "left": row.left,
        "document": row.document,
    }


def _order(options: argparse.Namespace) -> Order:
    from motcua.core.reform.reading import read_csv, read_plan

    try:
        text = Path(options.file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(path=options.file) from error
    if not options.file.endswith(".csv"):
        return read_plan(text)
    if options.date is None or not options.document:
        raise DayMissing
    return read_csv(text, on=options.date, document=options.document)
