"""After a restore: what was lost since the archive is told in the house's own stream."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import house
from motcua.core.backups.archive import Archive
from motcua.core.backups.books import BOOKS
from motcua.core.ledger.append import append_to_house
from motcua.core.ledger.windows import RESTORE, lost_windows, past
from motcua.core.ledger.witness import witnesses
from motcua.core.sql import act

_ACTOR = house("restore").key


def lost_since() -> dict[str, list[int]]:
    """Give by book the first and last of the seals that its witnesses hold beyond it."""
    found = {}
    for book in BOOKS:
        last = book.all_seals().order_by("-number").values_list("number", flat=True).first() or 0
        following = past(last + 1, lost_windows(book))
        newest = max((max(one.numbers(), default=0) for one in witnesses(book)), default=0)
        if newest >= following:
            found[book.name] = [following, newest]
    return found


def tell_restore(archive: Archive, lost: dict[str, list[int]], *, at: datetime.datetime) -> None:
    """Write the entry under which the ledger goes on: which archive, and which seals are lost."""
    data: dict[str, object] = {
        "taken": archive.manifest.taken_at,
        "seal": archive.manifest.point["seal"],
        "root": archive.root,
        "lost": lost,
    }
    with act() as tx:
        append_to_house(tx, act=RESTORE, at=at, actor=_ACTOR, data=data)


def tell_drill(archive: Archive, *, ok: bool, findings: int, at: datetime.datetime) -> None:
    """Write that a restore was tried, and how it went: when the last one was is then provable."""
    data: dict[str, object] = {
        "taken": archive.manifest.taken_at,
        "seal": archive.manifest.point["seal"],
        "root": archive.root,
        "ok": ok,
        "findings": findings,
    }
    with act() as tx:
        append_to_house(tx, act="restore_drill", at=at, actor=house("drill").key, data=data)
