"""The values of indexed fields, in one typed table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import chain

from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.fields import indexed
from motcua.core.sql import Sql, Tx, grid

_CLEAR = Sql("DELETE FROM dossiers_indexedfield WHERE dossier_id = %s")


def write_indexed(
    tx: Tx,
    dossier_id: int,
    procedure_id: int,
    declaration: Declaration,
    values: Mapping[str, object],
    *,
    again: bool = False,
) -> None:
    """Write the indexed values of a dossier; `again` replaces those of before."""
    if again:
        tx.send(_CLEAR, dossier_id)
    rows = indexed(declaration, values)
    if rows:
        told = ((dossier_id, procedure_id, one.key, one.text, one.number, one.day) for one in rows)
        tx.send(_add(len(rows)), *chain.from_iterable(told))


@cache
def _add(count: int) -> Sql:
    """Give the statement that writes so many values of a dossier."""
    return Sql(
        "INSERT INTO dossiers_indexedfield (dossier_id, procedure_id, key, text, number, day)"
        f" VALUES {grid(count, 6)}"
    )
