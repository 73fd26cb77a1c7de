"""A word search by itself, as the list asks it within its statement."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.core.search.words import found
from motcua.core.sql import Sql, reading


def find(*, text: str, scopes: Sequence[int], clear: Sequence[int] = (), limit: int) -> list[int]:
    """Give ids of dossiers within the scopes that hold every word, newest first."""
    tx = reading()
    worded = found(tx, text=text, scopes=scopes, clear=clear, limit=limit)
    return [row[0] for row in tx.all(Sql(worded.sql(tx)), *worded.values)] if worded else []
