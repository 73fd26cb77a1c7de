"""`motcua catalogue …`: the catalogue of procedures as the state publishes them."""

from __future__ import annotations

import argparse
import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.erase import keeper
from motcua.site.cli.output import add_json, answer, as_json, count
from motcua.site.cli.written import written

if TYPE_CHECKING:
    from motcua.core.catalogue.queries import Shown

Way = Callable[[argparse.Namespace], None]


class CatalogueNotRead(Refused):
    """The file cannot be opened, or is no UTF-8."""

    code = "catalogue.not_read"
    vi = "Không đọc được tệp danh mục {file}: {problem}."
    en = "The catalogue file {file} cannot be read: {problem}."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the ways; what changes the catalogue names who decided and by which document."""
    ways = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    _add_files(ways)
    _add_reads(ways)
    _add_acts(ways)


def _add_files(ways: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    way = _way(ways, "load", "import and publish what ships with Motcua")
    way = _way(ways, "import", "take a file of JSON lines into drafts")
    way.add_argument("file", type=Path)
    way.add_argument("--source", default="", help="where pages of the national database were read")
    way.add_argument("--dry-run", action="store_true", help="make every check, write nothing")
    way = _way(ways, "export", "give each row back as it was read")
    way.add_argument("--form", choices=["facts", "national"], help="rows of one form only")
    way.add_argument("--published", action="store_true", help="published editions only")
    way.add_argument("--out", type=Path, metavar="FILE", help="a file instead of the output")


def _add_reads(ways: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    way = _way(ways, "list", "find procedures by name, code, legal text, without accents")
    way.add_argument("query", nargs="?", default="")
    way.add_argument("--drafts", action="store_true", help="drafts too")
    way.add_argument("--page", type=count, default=1)
    way = _way(ways, "show", "tell one procedure, with what it lacks")
    way.add_argument("key")
    way.add_argument("--edition", type=count)
    way = _way(ways, "compare", "put two editions side by side, or two versions of a process")
    way.add_argument("key")
    way.add_argument("before", type=count)
    way.add_argument("after", type=count)
    way.add_argument("--process", action="store_true", help="versions of what runs here")
    way = _way(ways, "levels", "count the services of each level on a day")
    way.add_argument("--as-of", type=datetime.date.fromisoformat, metavar="DATE")


def _add_acts(ways: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _act(ways, "publish", "publish the newest draft")
    _act(ways, "withdraw", "take a procedure out of the catalogue")
    way = _act(ways, "level", "say the level of its online service from a day on")
    way.add_argument("level", help="1–4 before 15/8/2022, then info, part or full")
    way.add_argument("--since", type=datetime.date.fromisoformat, required=True, metavar="DATE")
    way = _act(ways, "refer", "say that another body runs the service")
    way.add_argument("--run-by", required=True, help="the body, as “Bộ Công an”")
    way.add_argument("--filed-at", required=True, help="an address or a place")
    way.add_argument("--since", type=datetime.date.fromisoformat, required=True, metavar="DATE")
    way = _act(ways, "received", "keep how many dossiers such a service received in a month")
    way.add_argument("month", type=_month, metavar="YYYY-MM")
    way.add_argument("received", type=int)


def _way(
    ways: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    way = ways.add_parser(name, help=text, description=text)
    add_json(way)
    return way


def _act(
    ways: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    way = _way(ways, name, text)
    way.add_argument("key", help="its code, or its key where it has none")
    way.add_argument("--by", required=True, help="the sign-in name of who decides")
    way.add_argument("--document", required=True, help="the decision, as 12/QĐ-UBND")
    return way


def _month(text: str) -> datetime.date:
    return datetime.date.fromisoformat(f"{text}-01")


def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    ready()
    ways: dict[str, Way] = {
        "load": _load,
        "import": _import,
        "export": _export,
        "list": _list,
        "show": _show,
        "compare": _compare,
        "levels": _levels,
        "publish": _publish,
        "withdraw": _withdraw,
        "level": _level,
        "refer": _refer,
        "received": _received,
    }
    ways[options.what](options)
    return 0


def _load(options: argparse.Namespace) -> None:
    from motcua.core.access.actors import house
    from motcua.core.catalogue.shipped import load_shipped
    from motcua.core.now import now

    answer(options, load_shipped(actor=house("setup"), at=now()).told())


def _import(options: argparse.Namespace) -> None:
    from motcua.core.access.actors import house
    from motcua.core.catalogue.actions import import_catalogue
    from motcua.core.now import now

    try:
        text = options.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise CatalogueNotRead(file=options.file, problem=wrong) from wrong
    report = import_catalogue(
        actor=house("import"),
        at=now(),
        text=text,
        source=options.source or options.file.name,
        dry_run=options.dry_run,
    )
    answer(options, report.told())


def _export(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.content import Form
    from motcua.core.catalogue.exporting import rows

    form = Form(options.form) if options.form else None
    found = rows(form=form, published=options.published)
    with written(options.out) as out:
        for row in found:
            out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def _list(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.queries import search

    found = search(options.query, drafts=options.drafts, page=options.page)
    if options.json:
        rows = [
            {"key": row.key, "code": row.code, "name": row.name, "published": row.published}
            for row in found.rows
        ]
        print(as_json({"count": found.count, "pages": found.pages, "items": rows}))
        return
    for row in found.rows:
        print(f"{row.key}  {row.name}" + ("" if row.published else "  [bản thảo]"))
    print(f"{found.count} thủ tục, trang {found.page}/{found.pages}")


def _show(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.checks import gaps
    from motcua.core.catalogue.exporting import row_of
    from motcua.core.catalogue.queries import edition, find

    found = (
        edition(options.key, options.edition, drafts=True)
        if options.edition
        else find(options.key, drafts=True)
    )
    lacks = [{"where": one.where, "vi": one.vi, "en": one.en} for one in gaps(found.content)]
    if options.json:
        print(as_json({**_head(found), "gaps": lacks, "row": row_of(found.content)}))
        return
    answer(options, _head(found))
    for one in lacks:
        print(f"  {one['where']}: {one['vi']} / {one['en']}")


def _head(found: Shown) -> dict[str, object]:
    return {
        "key": found.listing.key,
        "name": found.listing.name,
        "edition": found.edition.number,
        "state": found.edition.state,
        "document": found.edition.document,
        "runs_as": found.listing.procedure or None,
    }


def _compare(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.comparing import differences, of_contents
    from motcua.core.catalogue.queries import edition
    from motcua.core.procedures.queries import version_numbered

    numbers = (options.before, options.after)
    if options.process:
        old, new = (json.loads(version_numbered(options.key, one).body) for one in numbers)
        found = differences(old, new)
    else:
        before, after = (edition(options.key, one, drafts=True) for one in numbers)
        found = of_contents(before.content, after.content)
    if options.json:
        told = [{"where": one.where, "before": one.before, "after": one.after} for one in found]
        print(as_json({"differences": told}))
        return
    for one in found:
        print(f"{one.where}\n  - {one.before or '–'}\n  + {one.after or '–'}")


def _levels(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.queries import level_counts
    from motcua.core.now import now

    on = options.as_of or now().date()
    answer(options, {"as_of": on.isoformat(), **level_counts(on)})


def _publish(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.actions import publish

    done = publish(**_signed(options))
    answer(options, {"key": options.key, "edition": done.number})


def _withdraw(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.actions import withdraw

    withdraw(**_signed(options))
    answer(options, {"key": options.key, "published": False})


def _level(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.online import set_level

    row = set_level(**_signed(options), level=options.level, since=options.since)
    answer(options, {"key": options.key, "level": row.level, "since": row.valid_from})


def _refer(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.online import refer

    row = refer(
        **_signed(options),
        run_by=options.run_by,
        filed_at=options.filed_at,
        since=options.since,
    )
    answer(options, {"key": options.key, "run_by": row.run_by, "since": row.valid_from})


def _received(options: argparse.Namespace) -> None:
    from motcua.core.catalogue.online import count_received

    row = count_received(**_signed(options), month=options.month, received=options.received)
    answer(options, {"key": options.key, "month": f"{row.month:%Y-%m}", "received": row.received})


def _signed(options: argparse.Namespace) -> dict[str, Any]:
    from motcua.core.now import now

    at = now()
    return {
        "actor": keeper(options.by, at),
        "at": at,
        "key": options.key,
        "document": options.document,
    }
