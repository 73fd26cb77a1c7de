"""Whether a dossier owes fees: asked by moves that wait for them."""

from __future__ import annotations

import json

from motcua.core.dossiers.situation import Snapshot
from motcua.core.fees.rows import owing
from motcua.core.procedures.declaration import Declaration
from motcua.core.sql import Sql, Tx

_ANSWERS = Sql("SELECT fields FROM dossiers_dossier WHERE id = %s")


def owes(tx: Tx, snapshot: Snapshot, declaration: Declaration) -> bool:
    """Tell whether a fee that the dossier owes is on no receipt that stands."""
    row = tx.one(_ANSWERS, snapshot.id)
    assert row is not None
    return owing(tx, snapshot.id, declaration, json.loads(row[0]))
