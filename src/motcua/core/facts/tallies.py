"""Live counts: folding deltas, the value now, and the reconciliation with the facts themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from motcua.core.ledger.findings import Finding, differs
from motcua.core.sql import Sql, act, reading

Cell = tuple[int, int, str]  # agency, procedure, state

_TAKE = Sql(
    "DELETE FROM facts_delta WHERE id IN (SELECT id FROM facts_delta ORDER BY id LIMIT %s)"
    " RETURNING left_agency_id, left_state, agency_id, state, procedure_id"
)
_FOLD = Sql(
    "INSERT INTO facts_tally (agency_id, procedure_id, state, count) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (agency_id, procedure_id, state)"
    " DO UPDATE SET count = facts_tally.count + excluded.count"
)
# One statement sees one moment on either database: of two, a fold in between would be counted
# twice or not at all.
_LIVE = (
    "SELECT agency_id, procedure_id, state, count FROM facts_tally"
    " UNION ALL SELECT agency_id, procedure_id, state, 1 FROM facts_delta"
    " UNION ALL SELECT left_agency_id, procedure_id, left_state, -1 FROM facts_delta"
    " WHERE left_agency_id IS NOT NULL"
)
_OPEN = (
    "SELECT agency_id, procedure_id, state, COUNT(*) AS count FROM facts_fact"
    " WHERE ended_at IS NULL GROUP BY agency_id, procedure_id, state"
)
_COUNTS = Sql(
    f"SELECT agency_id, procedure_id, state, SUM(count) FROM ({_LIVE}) AS live"
    " GROUP BY agency_id, procedure_id, state HAVING SUM(count) <> 0"
)
_BOTH = Sql(
    "SELECT agency_id, procedure_id, state, SUM(live), SUM(open) FROM"
    f" (SELECT agency_id, procedure_id, state, count AS live, 0 AS open FROM ({_LIVE}) AS a"
    f" UNION ALL SELECT agency_id, procedure_id, state, 0, count FROM ({_OPEN}) AS b) AS c"
    " GROUP BY agency_id, procedure_id, state HAVING SUM(live) <> SUM(open)"
)
_TRUE = Sql(_OPEN)
# Acts that count wait here while the tallies are made anew; on SQLite the transaction does that.
_HOLD = Sql("SELECT 1", postgres="LOCK TABLE facts_delta IN SHARE ROW EXCLUSIVE MODE")
_EMPTY = Sql("DELETE FROM facts_tally")
_EMPTY_DELTAS = Sql("DELETE FROM facts_delta")


def fold(*, batch: int = 5000) -> int:
    """Fold up to `batch` deltas into the tallies, each cell touched once; give how many."""
    with act() as tx:
        taken = tx.all(_TAKE, batch)
        for cell, change in sorted(_changes(taken).items()):
            tx.run(_FOLD, *cell, change)
    return len(taken)


def live() -> dict[Cell, int]:
    """Give every count as of now: folded plus unfolded."""
    return {(row[0], row[1], row[2]): int(row[3]) for row in reading().all(_COUNTS)}


def reconcile() -> dict[Cell, tuple[int, int]]:
    """Compare the live counts with the facts; give the cells that differ (live, true)."""
    rows = reading().all(_BOTH)
    return {(row[0], row[1], row[2]): (int(row[3]), int(row[4])) for row in rows}


def check_tallies() -> Iterator[Finding]:
    """Give every live count that differs from the facts."""
    for (agency, procedure, state), (told, true) in reconcile().items():
        yield differs(f"facts_tally {agency} {procedure} {state}", told, true)


def rebuild() -> None:
    """Make the tallies anew from the facts."""
    with act() as tx:
        tx.run(_HOLD)
        tx.run(_EMPTY_DELTAS)
        tx.run(_EMPTY)
        for row in tx.all(_TRUE):
            tx.run(_FOLD, *row)


def _changes(deltas: list[tuple[object, ...]]) -> Counter[Cell]:
    changes: Counter[Cell] = Counter()
    for left_agency, left_state, agency, state, procedure in deltas:
        assert isinstance(agency, int)
        assert isinstance(procedure, int)
        if isinstance(left_agency, int):
            changes[(left_agency, procedure, str(left_state))] -= 1
        changes[(agency, procedure, str(state))] += 1
    return changes
