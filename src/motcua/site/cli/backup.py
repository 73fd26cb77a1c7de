"""`motcua backup [take|list|drill]`: archives of the whole house, and whether they can be used."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from motcua.site.cli.django import ready
from motcua.site.cli.output import add_json, answer, as_json, count


def add(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done and the options."""
    parser.add_argument("what", nargs="?", choices=["take", "list", "drill"], default="take")
    parser.add_argument("--to", type=Path, help="the folder of archives (MOTCUA_BACKUPS)")
    parser.add_argument("--passphrase", type=Path, help="a file whose first line is a passphrase")
    parser.add_argument("--with-keys", action="store_true", help="the secret keys too, encrypted")
    parser.add_argument("--keep", type=count, help="how many archives stay (MOTCUA_BACKUPS_KEEP)")
    parser.add_argument("--at", help="drill: the archive of this sealed root, not the newest")
    parser.add_argument("--database", help="drill on PostgreSQL: an empty database to use")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Do what was asked; `drill` gives 1 when the copy was not sound."""
    ready()
    return {"take": _take, "list": _list, "drill": _drill}[options.what](options)


def _folder(options: argparse.Namespace) -> Path:
    from django.conf import settings

    return Path(options.to or settings.MOTCUA_BACKUPS).absolute()


def _words(options: argparse.Namespace) -> str | None:
    from django.conf import settings

    from motcua.core.backups.sealed_file import passphrase

    file = options.passphrase or settings.MOTCUA_BACKUPS_PASSPHRASE
    return passphrase(Path(file)) if file else None


def _take(options: argparse.Namespace) -> int:
    from django.conf import settings

    from motcua.core.backups.taking import take
    from motcua.core.now import now

    taken = take(
        at=now(),
        to=_folder(options),
        words=_words(options),
        with_keys=options.with_keys,
        keep=options.keep or settings.MOTCUA_BACKUPS_KEEP,
    )
    told = taken.as_json()
    if not options.json:
        told["rows"] = sum(taken.archive.manifest.counts.values())
        del told["counts"]
    answer(options, told)
    return 1 if taken.archive.manifest.missing_files else 0


def _list(options: argparse.Namespace) -> int:
    from motcua.core.backups.archive import archives
    from motcua.core.backups.drills import last_drills

    folder = _folder(options)
    drilled = last_drills(folder)
    rows = [
        {
            "archive": one.folder.name,
            "taken_at": one.manifest.taken_at,
            "root": one.root,
            "seal": one.manifest.point["seal"],
            "entries": one.manifest.point["entries"],
            "files": one.manifest.files["count"],
            "encrypted": one.manifest.encrypted,
            "version": one.manifest.version,
            "drilled": drilled.get(one.folder.name),
        }
        for one in archives(folder)
    ]
    if options.json:
        print(as_json({"folder": str(folder), "archives": rows}))
        return 0
    for row in rows:
        drill = row["drilled"]
        shown = f"{drill['at']} {'ok' if drill['ok'] else 'SAI / WRONG'}" if drill else "–"
        print(f"{row['taken_at']}  {row['root'] or '–'}  {row['archive']}  drill: {shown}")
    return 0


def _drill(options: argparse.Namespace) -> int:
    from motcua.core.now import now
    from motcua.site.drilling import drill

    report = drill(
        at=now(),
        folder=_folder(options),
        root=options.at,
        passphrase=options.passphrase,
        database=options.database,
    )
    if options.json:
        print(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        answer(options, report)
    return 0 if report["ok"] else 1
