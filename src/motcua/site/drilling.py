"""A drill: restore an archive to a place that is thrown away, and keep what was found.

The copy is made by a process of its own, because settings name one place only. On PostgreSQL it
needs a database: one that is named, or one of its own, which the account must be allowed to make.
"""

from __future__ import annotations

import datetime
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from motcua.core.backups.archive import Archive, ArchiveMissing, archives, at_root
from motcua.core.backups.drills import write_drill
from motcua.core.backups.restored import tell_drill
from motcua.core.jobs.registry import handler
from motcua.core.ledger.append import instant_text
from motcua.kernel.errors import Refused


class NoDrillDatabase(Refused):
    """The account may not make a database for the drill."""

    code = "backups.no_drill_database"
    vi = "Tài khoản không được tạo cơ sở dữ liệu để diễn tập; hãy nêu một cái trống: --database."
    en = "The account may not make a database for the drill; name an empty one: --database."


def drill(
    *,
    at: datetime.datetime,
    folder: Path,
    root: str | None = None,
    passphrase: Path | None = None,
    database: str | None = None,
) -> dict[str, Any]:
    """Restore the newest archive, or that of a root, elsewhere; give and keep what was found."""
    archive = _chosen(folder, root)
    with tempfile.TemporaryDirectory(prefix="motcua-drill-") as place, _database(database) as base:
        told = _restored(archive, Path(place) / "home", base, passphrase)
    report = {"at": instant_text(at), "root": archive.root, **told}
    del report["home"]
    tell_drill(archive, ok=told["ok"], findings=len(told["findings"]), at=at)
    kept = {"archive": archive.folder.name, "at": report["at"], "root": archive.root}
    write_drill(folder, {**kept, "ok": told["ok"], "findings": told["findings"]})
    return report


def connect() -> None:
    """Let workers do the drills that keepers ask for; one that fails waits to be looked at."""
    handler("backups.drill", max_tries=1)(_drilled)


def _drilled(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    drill(at=at, folder=Path(settings.MOTCUA_BACKUPS), root=payload["root"])


def _chosen(folder: Path, root: str | None) -> Archive:
    if root is not None:
        return at_root(folder, root)
    found = archives(folder)
    if not found:
        raise ArchiveMissing(place=folder)
    return found[-1]


def _restored(
    archive: Archive, home: Path, database: str | None, passphrase: Path | None
) -> dict[str, Any]:
    command = [sys.executable, "-m", "motcua", "restore", str(archive.folder), "--json"]
    command += ["--home", str(home), "--keys", str(settings.MOTCUA_KEYS)]
    words = passphrase or settings.MOTCUA_BACKUPS_PASSPHRASE
    if archive.manifest.encrypted and words:
        command += ["--passphrase", str(words)]
    if database is not None:
        command += ["--database", database]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"ok": False, "findings": done.stderr.strip().splitlines()[-3:], "home": ""}
    return told


@contextmanager
def _database(named: str | None) -> Iterator[str | None]:
    """Give the database of a drill; one that was made for it is dropped again."""
    if named is not None or connection.vendor == "sqlite":
        yield named
        return
    import psycopg  # noqa: PLC0415 - only where the extra is installed

    live, name = urlsplit(os.environ["MOTCUA_DATABASE"]), f"motcua_drill_{secrets.token_hex(6)}"
    with psycopg.connect(urlunsplit(live), autocommit=True) as server:
        try:
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        except psycopg.errors.InsufficientPrivilege as error:
            raise NoDrillDatabase from error
        try:
            yield urlunsplit(live._replace(path=f"/{name}"))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
