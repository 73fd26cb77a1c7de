"""Finding dossiers by words without accents, within an actor's scopes.

SQLite keeps an FTS5 table (`search_fts`), PostgreSQL a `tsvector` with a GIN index
(`search_terms`). Both hold words that were folded here (đ too) beside scope tokens, so that the
row filter is part of the index walk. A word matches from its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from motcua.core.sql import Sql, Tx
from motcua.kernel.vietnamese import words

_LONGEST = 100  # characters of a word that count; PostgreSQL takes no lexeme beyond 2 kB
_MOST = 50  # words of a query that count

_PUT = Sql(
    "INSERT OR REPLACE INTO search_fts (rowid, words, scopes) VALUES (%s, %s, %s)",
    postgres="INSERT INTO search_terms (dossier_id, terms)"
    " VALUES (%s, array_to_tsvector(%s::text[]))"
    " ON CONFLICT (dossier_id) DO UPDATE SET terms = excluded.terms",
)
_FIND = Sql(
    "SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid DESC LIMIT %s",
    postgres="SELECT dossier_id FROM search_terms WHERE terms @@ %s::tsquery"
    " ORDER BY dossier_id DESC LIMIT %s",
)


def put(tx: Tx, *, dossier_id: int, texts: Iterable[str], scopes: Iterable[int]) -> None:
    """Write the search row of a dossier anew."""
    found = sorted({word[:_LONGEST] for text in texts for word in words(text)})
    tokens = [f"s{scope}s" for scope in scopes]
    if tx.is_postgres:
        tx.run(_PUT, dossier_id, [*(f"w{word}" for word in found), *tokens])
    else:
        tx.run(_PUT, dossier_id, " ".join(found), " ".join(tokens))


def find(tx: Tx, *, text: str, scopes: Sequence[int], limit: int) -> list[int]:
    """Give ids of dossiers within the scopes that hold every word, newest first."""
    wanted = list(dict.fromkeys(word[:_LONGEST] for word in words(text)))[:_MOST]
    if not wanted or not scopes:
        return []
    query = _tsquery(wanted, scopes) if tx.is_postgres else _match(wanted, scopes)
    return [int(row[0]) for row in tx.all(_FIND, query, limit)]


def _match(wanted: list[str], scopes: Sequence[int]) -> str:
    heads = " AND ".join(f'"{word}"*' for word in wanted)
    rights = " OR ".join(f'"s{scope}s"' for scope in scopes)
    return f"(words : ({heads})) AND (scopes : ({rights}))"


def _tsquery(wanted: list[str], scopes: Sequence[int]) -> str:
    heads = " & ".join(f"'w{word}':*" for word in wanted)
    rights = " | ".join(f"'s{scope}s'" for scope in scopes)
    return f"({heads}) & ({rights})"
