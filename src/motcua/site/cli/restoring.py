"""Restoring a house elsewhere: an empty place, every hash checked, and what came of it told.

The place is built beside its name and gets it when all is done; a database of PostgreSQL carries a
mark until then, and no process of this release starts on it. This process must not have loaded its
settings before: they are made to name the new place.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.core.backups.archive import Archive, check
from motcua.core.backups.sealed_file import Lock
from motcua.kernel.errors import Refused

if TYPE_CHECKING:
    from motcua.core.ledger.verify import Report

_DRAFT = ".restoring-"
_LISTED = 20


class PlaceNotEmpty(Refused):
    """Something lies where the house is to be restored."""

    code = "restore.place_not_empty"
    vi = "{home} đã có dữ liệu; chỉ phục hồi vào một thư mục chưa có hoặc trống."
    en = "{home} is not empty; a restore goes into a folder that is empty or not there."
    status = 409


class TargetIsFile(Refused):
    """An SQLite database lies in the new home; only PostgreSQL has an address of its own."""

    code = "restore.target_is_file"
    vi = "--database chỉ nhận địa chỉ postgresql://…; SQLite luôn nằm trong thư mục --home."
    en = "--database takes postgresql://… only; an SQLite database lies in the folder of --home."


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to restore, and where: `witness` is the one that survived, `keys` a folder of keys."""

    archive: Archive
    lock: Lock | None
    home: Path
    database: str | None = None
    witness: Path | None = None
    keys: Path | None = None


@dataclass(slots=True, kw_only=True)
class Restored:
    """What a restore found; `ok` when the place is sound and nothing that was named is missing."""

    archive: str
    root: str
    seal: int
    home: str
    ok: bool = False
    bytes_checked: int = 0
    tables: int = 0
    rows: int = 0
    counts_differ: dict[str, list[int | None]] = field(default_factory=dict)
    files: int = 0
    missing_files: list[str] = field(default_factory=list)
    with_keys: bool = False
    migrated: bool = False
    erased_again: int = 0
    lost_seals: dict[str, list[int]] = field(default_factory=dict)
    entries: int = 0
    seals: int = 0
    findings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """Give plain values."""
        return asdict(self)


def restore(order: Order) -> Restored:
    """Restore an archive into an empty place and check it there.

    Raises a refusal where the archive is damaged or the place is not empty; nothing is left then.
    """
    _refuse_taken(order)
    told = Restored(
        archive=str(order.archive.folder),
        root=order.archive.root,
        seal=order.archive.manifest.point["seal"],
        home=str(order.home),
        bytes_checked=check(order.archive, order.lock),
        missing_files=order.archive.manifest.missing_files[:_LISTED],
    )
    order.home.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{order.home.name}{_DRAFT}", dir=order.home.parent))
    try:
        _name_place(order, draft)
        _build(order, told)
        draft.rename(order.home)
    except BaseException:
        from motcua.core.backups.placing import remove_place

        remove_place(draft)
        raise
    return told


def _refuse_taken(order: Order) -> None:
    if order.home.exists() and (not order.home.is_dir() or any(order.home.iterdir())):
        raise PlaceNotEmpty(home=order.home)
    if order.database is not None and not order.database.startswith(("postgres://", "postgresql:")):
        raise TargetIsFile


def _name_place(order: Order, draft: Path) -> None:
    """Make the environment name the new place, and nothing of the old one."""
    for name in ("MOTCUA_KEYS", "MOTCUA_FILES", "MOTCUA_WITNESS", "MOTCUA_DATABASE"):
        os.environ.pop(name, None)
    os.environ["MOTCUA_HOME"] = str(draft)
    if order.database is not None:
        os.environ["MOTCUA_DATABASE"] = order.database
    if order.witness is not None:
        os.environ["MOTCUA_WITNESS"] = str(order.witness.absolute())


def _build(order: Order, told: Restored) -> None:
    from motcua.site.cli.django import ready

    ready()
    from motcua.core.backups import placing

    archive, lock = order.archive, order.lock
    told.with_keys = placing.place_keys(archive, lock, order.keys)
    found = placing.place_database(archive, lock)
    told.tables, told.rows = len(found), sum(found.values())
    told.counts_differ = differences(archive.manifest.counts, found)
    told.files = placing.place_files(archive, lock)
    placing.place_witness(archive, lock)
    _go_on(order, told)
    placing.finish()
    _close()


def differences(then: dict[str, int], now: dict[str, int]) -> dict[str, list[int | None]]:
    """Give the tables whose counts differ: how many rows there were, and how many there are."""
    return {
        table: [then.get(table), now.get(table)]
        for table in sorted(then.keys() | now.keys())
        if then.get(table) != now.get(table)
    }


def _go_on(order: Order, told: Restored) -> None:
    """Bring the place to this release, erase again what was erased since, and check it whole."""
    from motcua.core.backups.placing import sample
    from motcua.core.backups.restored import lost_since, tell_restore
    from motcua.core.erasure.again import erase_again, finish_files
    from motcua.core.erasure.scrubbing import scrub
    from motcua.core.now import now
    from motcua.site.checking import verified, verified_reads
    from motcua.site.cli.migrate import brought_up

    at = now()
    told.migrated = brought_up().migrated
    told.erased_again = erase_again(at=at)
    if told.erased_again:
        finish_files()
        scrub(whole=True)
    sample()
    told.lost_seals = lost_since()
    tell_restore(order.archive, told.lost_seals, at=at)
    _tell_report(told, verified(at), verified_reads(at))


def _tell_report(told: Restored, report: Report, reads: Report) -> None:
    told.entries, told.seals = report.entries, report.seals
    found = [*report.findings, *reads.findings]
    told.findings = [f"[{one.code}] #{one.stream} {one.en}" for one in found[:_LISTED]]
    told.ok = report.ok and reads.ok and not told.counts_differ and not told.missing_files


def _close() -> None:
    """Leave the SQLite database as one file: its log belongs to a name that goes away."""
    from django.db import connection, connections

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
