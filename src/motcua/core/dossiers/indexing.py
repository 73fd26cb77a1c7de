"""The values of indexed fields, in one typed table."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.fields import indexed
from motcua.core.sql import Sql, Tx

_CLEAR = Sql("DELETE FROM dossiers_indexedfield WHERE dossier_id = %s")
_ADD = Sql(
    "INSERT INTO dossiers_indexedfield (dossier_id, procedure_id, key, text, number, day)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)


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
        tx.run(_CLEAR, dossier_id)
    for row in indexed(declaration, values):
        tx.run(_ADD, dossier_id, procedure_id, row.key, row.text, row.number, row.day)
