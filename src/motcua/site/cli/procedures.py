"""`motcua procedures …`: new versions, running dossiers, the table and the BPMN of a process."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.kernel.errors import Refused
from motcua.site.cli.django import ready
from motcua.site.cli.erase import keeper
from motcua.site.cli.output import add_json, answer, as_json, count
from motcua.site.cli.written import written

if TYPE_CHECKING:
    from motcua.core.procedures.declaration import Declaration, Text
    from motcua.core.procedures.models import Version


class NoSuchVersion(Refused):
    """The procedure has no version of this number."""

    code = "cli.no_such_version"
    vi = "Thủ tục {procedure} không có phiên bản {number}."
    en = "The procedure {procedure} has no version {number}."


class TableNotRead(Refused):
    """The table cannot be opened."""

    code = "cli.table_not_read"
    vi = "Không đọc được tệp {file}: {problem}."
    en = "The file {file} cannot be read: {problem}."


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the ways; what changes the rules names who decided and by which document."""
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
    _add_files(ways)


def _add_files(ways: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    for name, text in (("table", "the internal process as XLSX"), ("bpmn", "the process as BPMN")):
        way = ways.add_parser(name, help=text, description=text)
        way.add_argument("procedure", help="its code")
        way.add_argument("--version", type=count, help="instead of the one in force")
        way.add_argument("--out", type=Path, metavar="FILE", help="a file instead of the output")
        if name == "bpmn":
            way.add_argument("--language", choices=["vi", "en"], default="vi")
    way = ways.add_parser("take-table", help="make an edited table the draft of a procedure")
    way.add_argument("procedure", help="its code")
    way.add_argument("file", type=Path, help="XLSX, as “table” writes it")
    way.add_argument("--version", type=count, help="edit this one instead of the one in force")
    way.add_argument("--dry-run", action="store_true", help="tell what would change, write nothing")
    add_json(way)


def run(options: argparse.Namespace) -> int:
    """Do one of them."""
    ready()
    ways = {
        "publish": _publish,
        "publish-map": _publish_map,
        "draft-map": _draft_map,
        "migrate": _migrate,
        "table": _table,
        "bpmn": _bpmn,
        "take-table": _take_table,
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


def _table(options: argparse.Namespace) -> None:
    from motcua.core.procedures.process_xlsx import table_of

    row = _chosen(options)
    told, posts = _told(row)
    with written(options.out) as out:
        out.write(table_of(told, posts, row.number))


def _bpmn(options: argparse.Namespace) -> None:
    from motcua.core.procedures.bpmn import bpmn

    told, posts = _told(_chosen(options))
    with written(options.out) as out:
        out.write(bpmn(told, posts, options.language))


def _take_table(options: argparse.Namespace) -> None:
    from motcua.core.now import now
    from motcua.core.procedures.actions import draft
    from motcua.core.procedures.checks import publish_faults
    from motcua.core.procedures.process_xlsx import edited
    from motcua.core.procedures.reading import read

    row = _chosen(options)
    told, posts = _told(row)
    text = edited(row.source, told, posts, _bytes(options.file))
    new = read(text, system=told.system)
    faults = publish_faults(new, posts=posts)
    answered: dict[str, object] = {
        "procedure": told.code,
        "changed": _changed(told, new),
        "to_mend": [f"{one.where}: {one.vi}" for one in faults],
    }
    if not options.dry_run:
        done = draft(system=told.system, text=text, at=now())
        answered["version"] = done.number
    answer(options, answered)


def _changed(old: Declaration, new: Declaration) -> list[str]:
    from motcua.core.catalogue.comparing import differences
    from motcua.core.procedures.encoding import body_of

    found = differences(json.loads(body_of(old)), json.loads(body_of(new)))
    return [f"{one.where}: {one.before or '–'} → {one.after or '–'}" for one in found]


def _told(row: Version) -> tuple[Declaration, dict[str, Text]]:
    from motcua.core.procedures.encoding import declaration_of
    from motcua.core.procedures.systems import system_of

    told = declaration_of(row.body)
    return told, dict(system_of(told.system).posts)


def _chosen(options: argparse.Namespace) -> Version:
    """Give the version that is named, else the one in force."""
    from motcua.core.procedures.models import Version
    from motcua.core.procedures.queries import current

    if options.version:
        return _version(options.procedure, options.version)
    return Version.objects.get(pk=current(options.procedure).version_id)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as wrong:
        raise TableNotRead(file=path, problem=wrong.strerror) from wrong


def _version(procedure: str, number: int) -> Version:
    from motcua.core.procedures.models import Version

    found = Version.objects.filter(procedure__code=procedure, number=number).first()
    if found is None:
        raise NoSuchVersion(procedure=procedure, number=number)
    return found
