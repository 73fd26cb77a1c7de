"""Who looked at a dossier, for whom it belongs to."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import lru_cache

from motcua.core.sql import Sql, instant, marks, reading


@lru_cache(maxsize=64)
def _looks(dossiers: int) -> Sql:
    these = f"dossier_id IN ({marks(dossiers)})"
    return Sql(
        "SELECT at, kind, actor, agency_id, post, times, dossier_id FROM ("
        " SELECT * FROM (SELECT at, kind, actor, agency_id, post, 1 AS times, dossier_id"
        f" FROM access_read WHERE {these} ORDER BY id DESC LIMIT %s) AS own"
        " UNION ALL SELECT * FROM (SELECT last_at, kind, actor, agency_id, post, times, dossier_id"
        f" FROM access_appearance WHERE {these} ORDER BY last_at DESC LIMIT %s) AS lists"
        ") AS both_kinds ORDER BY at DESC LIMIT %s"
    )


@dataclass(frozen=True, slots=True)
class Look:
    """One line of "who saw this dossier": a read of its own, or its appearances of a day."""

    at: datetime.datetime
    kind: str
    actor: str
    agency_id: int | None
    post: str
    times: int
    dossier_id: int


def looks_at(*dossiers: int, limit: int) -> list[Look]:
    """Give the latest reads of some dossiers, newest first, in one statement.

    Lists count once a reader and day, and stand here once they are sealed and folded.
    """
    found: list[Look] = []
    if not dossiers:
        return found
    values = (*dossiers, limit, *dossiers, limit, limit)
    for at, *rest in reading().all(_looks(len(dossiers)), *values):
        seen_at = instant(at)
        assert seen_at is not None
        found.append(Look(seen_at, *rest))
    return found


_OPENED = Sql(
    "SELECT actor, max(at) FROM access_read WHERE dossier_id = %s AND kind = 'opened'"
    " AND at > %s AND actor <> %s GROUP BY actor ORDER BY 2 DESC"
)
PRESENT = datetime.timedelta(minutes=5)
"""Who opened a dossier so lately may still have it before them."""


def present(dossier_id: int, *, besides: str, at: datetime.datetime) -> list[str]:
    """Give the officers, other than one, who opened a dossier in the last minutes."""
    rows = reading().all(_OPENED, dossier_id, at - PRESENT, besides)
    return [str(actor) for actor, _ in rows if str(actor).startswith("officer:")]
