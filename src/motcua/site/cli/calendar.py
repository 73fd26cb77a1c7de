"""`motcua calendar show|propose|preview|decide|undo|run|status`: days off and what they move."""

from __future__ import annotations

import argparse
import datetime
import json
from typing import TYPE_CHECKING, Any

from motcua.site.cli.django import ready
from motcua.site.cli.erase import keeper
from motcua.site.cli.output import add_json, answer, as_json, count

if TYPE_CHECKING:
    from motcua.core.clock.models import CalendarChange

_day = datetime.date.fromisoformat


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the seven ways."""
    ways = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    showing = ways.add_parser("show", help="list the days of a year that differ from the week")
    showing.add_argument("year", type=count)
    entering = ways.add_parser("propose", help="enter days off or worked days; nothing moves yet")
    entering.add_argument("--off", type=_day, nargs="*", default=[], help="days off, 2026-12-31")
    entering.add_argument("--work", type=_day, nargs="*", default=[], help="days worked instead")
    entering.add_argument("--name", default="", help="what a day off is called, in Vietnamese")
    entering.add_argument("--name-en", default="", help="and in English")
    entering.add_argument("--document", required=True, help="what announces it, as 12/TB-VPCP")
    entering.add_argument("--on", type=_day, help="count by it from this day on (today)")
    looking = ways.add_parser("preview", help="tell which open dossiers would get which dates")
    deciding = ways.add_parser("decide", help="decide it: the worker moves the dates on its day")
    undoing = ways.add_parser("undo", help="take it back before it is in force")
    running = ways.add_parser("run", help="move the dates now, or go on where it stopped")
    for way in (looking, deciding, undoing, running):
        way.add_argument("number", type=count)
    for way in (entering, deciding, undoing):
        way.add_argument("--by", required=True, help="the sign-in name of who does it")
    status = ways.add_parser("status", help="list the changes and how far they have come")
    for way in (showing, entering):
        way.add_argument("--calendar", default="national", help="which one (national)")
    for way in (showing, entering, looking, deciding, undoing, running, status):
        add_json(way)


def run(options: argparse.Namespace) -> int:
    """Do one of the seven."""
    ready()
    ways = {
        "show": _show,
        "propose": _propose,
        "preview": _preview,
        "decide": _decide,
        "undo": _undo,
        "run": _run,
        "status": _status,
    }
    return ways[options.what](options)


def _show(options: argparse.Namespace) -> int:
    from motcua.core.redating.showing import special_days

    days = special_days(options.calendar, options.year)
    if options.json:
        print(as_json({"calendar": options.calendar, "year": options.year, "days": days}))
        return 0
    for one in days:
        print("  ".join(str(one[key]) for key in ("day", "kind", "vi", "source")))
    return 0


def _propose(options: argparse.Namespace) -> int:
    from motcua.core.clock.calendars import calendars
    from motcua.core.now import now
    from motcua.core.redating.deciding import propose
    from motcua.core.redating.rules import Order, days_of

    at = now()
    days = days_of(options.off, options.work, vi=options.name.strip(), en=options.name_en.strip())
    on = options.on or at.astimezone(calendars[options.calendar].tzinfo).date()
    order = Order(options.calendar, on, options.document.strip(), days)
    answer(options, _told(propose(actor=keeper(options.by, at), at=at, order=order)))
    return 0


def _preview(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.core.redating.faults import NotOpen
    from motcua.core.redating.preview import show

    change = show(at=now(), change_id=options.number)
    if not change.preview:
        raise NotOpen
    found = json.loads(change.preview)
    if options.json:
        print(as_json(found))
        return 0
    _tell(found)
    return 0


def _tell(found: dict[str, Any]) -> None:
    print(
        f"{found['looked']} hồ sơ đang mở, {found['dossiers']} hồ sơ đổi hạn, {found['legs']} ý"
        f" kiến; {found['begins_late']} thành trễ, {found['ends_late']} hết trễ,"
        f" {found['beyond_promise']} có hạn mới sau ngày hẹn trên giấy"
    )
    for one in found["days"]:
        print(f"  {one['from']} → {one['to']}: {one['dossiers']}")
    for one in found["lines"]:
        print(f"  {one['procedure']} {one['agency']} {one['agency_name']}: {one['dossiers']}")


def _decide(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.core.redating.deciding import decide

    at = now()
    answer(options, _told(decide(actor=keeper(options.by, at), at=at, change_id=options.number)))
    return 0


def _undo(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.core.redating.deciding import undo

    at = now()
    answer(options, _told(undo(actor=keeper(options.by, at), at=at, change_id=options.number)))
    return 0


def _run(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.core.redating.whole import run as carry_out

    report = carry_out(clock=now, change_id=options.number)
    answer(options, report.told())
    return 1 if report.refused else 0


def _status(options: argparse.Namespace) -> int:
    from motcua.core.clock.models import CalendarChange

    rows = [_told(row) for row in CalendarChange.objects.select_related("calendar").order_by("pk")]
    if options.json:
        print(as_json({"changes": rows}))
        return 0
    for row in rows:
        print("  ".join(str(value) for value in row.values()))
    return 0


def _told(row: CalendarChange) -> dict[str, object]:
    return {
        "change": row.pk,
        "calendar": row.calendar.key,
        "on": row.on.isoformat(),
        "state": str(row.state),
        "moved": row.moved,
        "document": row.document,
    }
