"""Live counts: folding deltas, the value now, and the reconciliation with the facts themselves."""

from __future__ import annotations

from collections import Counter

from motcua.core.sql import Sql, Tx, act

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
_UNFOLDED = Sql(
    "SELECT left_agency_id, left_state, agency_id, state, procedure_id FROM facts_delta"
)
_FOLDED = Sql("SELECT agency_id, procedure_id, state, count FROM facts_tally")
_TRUE = Sql(
    "SELECT agency_id, procedure_id, state, COUNT(*) FROM facts_fact WHERE ended_at IS NULL"
    " GROUP BY agency_id, procedure_id, state"
)
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
    with act() as tx:  # one snapshot: a fold in between would count twice or not at all
        counts = _folded(tx)
        counts.update(_changes(tx.all(_UNFOLDED)))
    return {cell: count for cell, count in counts.items() if count}


def reconcile() -> dict[Cell, tuple[int, int]]:
    """Compare the live counts with the facts; give the cells that differ (live, true)."""
    with act() as tx:
        counts = _folded(tx)
        counts.update(_changes(tx.all(_UNFOLDED)))
        true = {(row[0], row[1], row[2]): int(row[3]) for row in tx.all(_TRUE)}
    cells = set(counts) | set(true)
    pairs = {cell: (counts.get(cell, 0), true.get(cell, 0)) for cell in cells}
    return {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1]}


def rebuild() -> None:
    """Make the tallies anew from the facts."""
    with act() as tx:
        tx.run(_EMPTY_DELTAS)
        tx.run(_EMPTY)
        for row in tx.all(_TRUE):
            tx.run(_FOLD, *row)


def _folded(tx: Tx) -> Counter[Cell]:
    return Counter({(row[0], row[1], row[2]): int(row[3]) for row in tx.all(_FOLDED)})


def _changes(deltas: list[tuple[object, ...]]) -> Counter[Cell]:
    changes: Counter[Cell] = Counter()
    for left_agency, left_state, agency, state, procedure in deltas:
        assert isinstance(agency, int)
        assert isinstance(procedure, int)
        if isinstance(left_agency, int):
            changes[(left_agency, procedure, str(left_state))] -= 1
        changes[(agency, procedure, str(state))] += 1
    return changes
