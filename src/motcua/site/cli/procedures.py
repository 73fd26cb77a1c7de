"""`motcua procedures publish|draft-map|publish-map|migrate`: new versions and running dossiers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.erase import keeper
from motcua.site.cli.output import add_json, answer, as_json

if TYPE_CHECKING:
    from motcua.core.procedures.models import Version


class NoSuchVersion(Refused):
    """The procedure has no version of this number."""

    code = "cli.no_such_version"
    vi = "Thủ tục {procedure} không có phiên bản {number}."
    en = "The procedure {procedure} has no version {number}."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the four ways; what changes the rules names who decided and by which document."""
    ways = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    for name, text in (("publish", "bring a new version into force"), ("publish-map", "a map")):
        way = ways.add_parser(name, help=text, description=text)
        way.add_argument("file", type=Path)
        way.add_argument("--by", required=True, help="the sign-in name of who decides")
        way.add_argument("--document", required=True, help="the decision, as 12/QĐ-UBND")
        if name == "publish":
            way.add_argument("--system", default="one_stop", help="the system it belongs to")
        add_json(way)
    draft = ways.add_parser("draft-map", help="write a map file that keeps every name")
    moving = ways.add_parser("migrate", help="take running dossiers over by a published map")
    for way in (draft, moving):
        way.add_argument("procedure", help="its code")
        way.add_argument("--from", dest="source", type=int, required=True, help="the old version")
        way.add_argument("--to", dest="target", type=int, required=True, help="the new version")
    moving.add_argument("--dry-run", action="store_true", help="tell what would happen")
    moving.add_argument("--later", action="store_true", help="leave it to the worker")
    add_json(moving)


def run(options: argparse.Namespace) -> int:
    """Do one of the four."""
    ready()
    ways = {
        "publish": _publish,
        "publish-map": _publish_map,
        "draft-map": _draft_map,
        "migrate": _migrate,
    }
    ways[options.what](options)
    return 0


def _publish(options: argparse.Namespace) -> None:
    from motcua.core.migrating.publishing import publish_version
    from motcua.core.now import now

    at = now()
    done = publish_version(
        actor=keeper(options.by, at),
        at=at,
        system=options.system,
        text=options.file.read_text("utf-8"),
        document=options.document,
    )
    answer(options, {"procedure": done.procedure, "version": done.number})


def _publish_map(options: argparse.Namespace) -> None:
    from motcua.core.migrating.publishing import publish_map
    from motcua.core.now import now

    at = now()
    row = publish_map(
        actor=keeper(options.by, at),
        at=at,
        text=options.file.read_text("utf-8"),
        document=options.document,
    )
    source, target = row.source.number, row.target.number
    answer(options, {"procedure": row.source.procedure.code, "from": source, "to": target})


def _draft_map(options: argparse.Namespace) -> None:
    from motcua.core.procedures.mapping import draft_of
    from motcua.core.procedures.queries import declared

    old = declared(_version(options.procedure, options.source).pk)
    _version(options.procedure, options.target)
    print(draft_of(options.procedure, options.source, options.target, old), end="")


def _migrate(options: argparse.Namespace) -> None:
    from motcua.core.jobs.queue import enqueue
    from motcua.core.migrating.acts import NoMap, chart
    from motcua.core.migrating.jobs import KIND
    from motcua.core.migrating.whole import migrate_all
    from motcua.core.now import now
    from motcua.core.procedures.models import PublishedMap
    from motcua.core.sql import act

    source = _version(options.procedure, options.source)
    target = _version(options.procedure, options.target)
    row = PublishedMap.objects.filter(source=source, target=target).first()
    if row is None:
        raise NoMap
    if options.later and not options.dry_run:
        with act() as tx:
            enqueue(tx, KIND, {"map": row.pk}, at=now(), unique_key=f"{KIND}:{row.pk}")
        answer(options, {"queued": True})
        return
    told = migrate_all(at=now(), by=chart(row.pk), dry_run=options.dry_run).told()
    if options.json:
        print(as_json(told))
    else:
        answer(options, told)


def _version(procedure: str, number: int) -> Version:
    from motcua.core.procedures.models import Version

    found = Version.objects.filter(procedure__code=procedure, number=number).first()
    if found is None:
        raise NoSuchVersion(procedure=procedure, number=number)
    return found
