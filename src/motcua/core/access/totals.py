"""How many dossiers a whole agency reads, kept beside its scope rows.

A list tells its exact total, and counting the million rows of a city takes longer than everything
else a list does. So acts that change those rows note it (`leaving` before, `entering` after), a job
folds the notes, and a total is one look at a row and at what is not folded yet. Rights of persons
and posts are few and are counted where they lie.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from motcua.core.access.scopes import KIND_BITS, ScopeKind
from motcua.core.ledger.findings import Finding, differs
from motcua.core.sql import Sql, Tx, act, reading

Cell = tuple[int, bool]  # scope, open

_OF_AGENCIES = f"until_at IS NULL AND (scope & {KIND_BITS}) = {ScopeKind.AGENCY.value}"
_NOTE = (
    "INSERT INTO access_scopechange (scope, is_open, change)"
    " SELECT scope, is_open, {change} FROM access_scoperow"
    f" WHERE dossier_id = %s AND {_OF_AGENCIES}"
)
_ENTER = Sql(_NOTE.format(change=1))
_LEAVE = Sql(_NOTE.format(change=-1))

# One statement sees one moment on either database, whatever is folded meanwhile.
TOTAL = (
    "SELECT (SELECT COALESCE(SUM(open + closed), 0) FROM access_scopetotal WHERE scope = %s)"
    " + (SELECT COALESCE(SUM(change), 0) FROM access_scopechange WHERE scope = %s)"
)
"""The total of a whole agency, whose scope is asked twice."""
TOTAL_OPEN = (
    "SELECT (SELECT COALESCE(SUM(open), 0) FROM access_scopetotal WHERE scope = %s)"
    " + (SELECT COALESCE(SUM(change), 0) FROM access_scopechange WHERE scope = %s AND is_open)"
)
"""The same of the dossiers that are not closed."""

_TAKE = Sql(
    "DELETE FROM access_scopechange"
    " WHERE id IN (SELECT id FROM access_scopechange ORDER BY id LIMIT %s)"
    " RETURNING scope, is_open, change"
)
_FOLD = Sql(
    "INSERT INTO access_scopetotal (scope, open, closed) VALUES (%s, %s, %s) ON CONFLICT (scope)"
    " DO UPDATE SET open = access_scopetotal.open + excluded.open,"
    " closed = access_scopetotal.closed + excluded.closed"
)
_TOLD = (
    "SELECT scope, 1 AS is_open, open AS n FROM access_scopetotal"
    " UNION ALL SELECT scope, 0, closed FROM access_scopetotal"
    " UNION ALL SELECT scope, CASE WHEN is_open THEN 1 ELSE 0 END, change FROM access_scopechange"
)
_TRUE = (
    "SELECT scope, CASE WHEN is_open THEN 1 ELSE 0 END AS is_open, COUNT(*) AS n"
    f" FROM access_scoperow WHERE {_OF_AGENCIES} GROUP BY scope, is_open"
)
_DIFFER = Sql(
    "SELECT scope, is_open, SUM(told), SUM(counted) FROM"
    f" (SELECT scope, is_open, n AS told, 0 AS counted FROM ({_TOLD}) AS a"
    f" UNION ALL SELECT scope, is_open, 0, n FROM ({_TRUE}) AS b) AS c"
    " GROUP BY scope, is_open HAVING SUM(told) <> SUM(counted) ORDER BY scope, is_open"
)
_COUNT = Sql(_TRUE)
# Acts that note a change wait here while totals are made anew; on SQLite the transaction does that.
_HOLD = Sql("SELECT 1", postgres="LOCK TABLE access_scopechange IN SHARE ROW EXCLUSIVE MODE")
_EMPTY = Sql("DELETE FROM access_scopetotal")
_EMPTY_CHANGES = Sql("DELETE FROM access_scopechange")


def leaving(tx: Tx, dossier_id: int) -> None:
    """Note, before they change, that the agencies' rows of a dossier count no more."""
    tx.send(_LEAVE, dossier_id)


def entering(tx: Tx, dossier_id: int) -> None:
    """Note, once they are as they shall be, that the agencies' rows of a dossier count."""
    tx.send(_ENTER, dossier_id)


def fold(*, batch: int) -> int:
    """Fold up to `batch` changes into the totals, each touched once; give how many."""
    with act() as tx:
        taken = tx.all(_TAKE, batch)
        changes: Counter[Cell] = Counter()
        for scope, is_open, change in taken:
            changes[scope, bool(is_open)] += change
        for scope in sorted({scope for scope, _ in changes}):
            tx.run(_FOLD, scope, changes[scope, True], changes[scope, False])
    return len(taken)


def reconcile() -> dict[Cell, tuple[int, int]]:
    """Compare the totals with the rows; give the cells that differ (told, true)."""
    rows = reading().all(_DIFFER)
    return {(row[0], bool(row[1])): (int(row[2]), int(row[3])) for row in rows}


def check_totals() -> Iterator[Finding]:
    """Give every total that differs from the rows it counts."""
    for (scope, is_open), (told, true) in reconcile().items():
        yield differs(f"access_scopetotal {scope} {'open' if is_open else 'closed'}", told, true)


def rebuild() -> None:
    """Make the totals anew from the rows."""
    with act() as tx:
        tx.run(_HOLD)
        tx.run(_EMPTY_CHANGES)
        tx.run(_EMPTY)
        for scope, is_open, count in tx.all(_COUNT):
            tx.run(_FOLD, scope, *((count, 0) if is_open else (0, count)))
