"""A word search by itself, as the list asks it within its statement."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.core.search.words import NOTHING_BESIDES, Besides, readings
from motcua.core.sql import Sql, reading


def find(
    *,
    text: str,
    scopes: Sequence[int],
    clear: Sequence[int] = (),
    besides: Besides = NOTHING_BESIDES,
    limit: int,
) -> list[int]:
    """Give ids of dossiers within the scopes that hold every word, newest first."""
    tx = reading()
    for one in readings(tx, text=text, scopes=scopes, clear=clear, besides=besides, limit=limit):
        if rows := tx.all(Sql(one.sql(tx)), *one.values):
            return [row[0] for row in rows]
    return []
