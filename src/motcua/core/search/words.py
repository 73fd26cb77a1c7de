"""Finding dossiers by words without accents, within an actor's scopes.

SQLite keeps an FTS5 table (`search_fts`), PostgreSQL a `tsvector` with a GIN index
(`search_terms`). Both hold words that were folded here (đ too) beside scope tokens, so that the
row filter is part of the index walk. Personal words stand among the tokens, and match only for
those to whom the dossier's personal values are shown in clear.

Words are looked for as they stand; where nothing has them so, the last one as the beginning of a
word, and where still nothing does, each as one: to gather every word with a common beginning costs
the most by far, and helps only who typed parts of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
_ID = "{id}"


@dataclass(frozen=True, slots=True)
class Besides:
    """What a found row must be besides: a condition on its column `{id}`, and its values."""

    condition: str = ""
    values: tuple[int, ...] = ()


NOTHING_BESIDES = Besides()


@dataclass(frozen=True, slots=True)
class Personal:
    """Words that a mask hides, and the scopes of those who see them in clear."""

    texts: tuple[str, ...] = ()
    clear: tuple[int, ...] = ()


NOTHING_PERSONAL = Personal()


def put(
    tx: Tx,
    *,
    dossier_id: int,
    texts: Iterable[str],
    scopes: Iterable[int],
    personal: Personal = NOTHING_PERSONAL,
) -> None:
    """Write the search row of a dossier anew."""
    found = terms(texts)
    tokens = [f"s{scope}s" for scope in scopes]
    tokens += [f"c{scope}c" for scope in dict.fromkeys(personal.clear)]
    tokens += [f"p{word}" for word in terms(personal.texts)]
    if tx.is_postgres:
        tx.send(_PUT, dossier_id, [*(f"w{word}" for word in found), *tokens])
    else:
        tx.send(_PUT, dossier_id, " ".join(found), " ".join(tokens))


def terms(texts: Iterable[str]) -> list[str]:
    """Give the words by which texts are found, each once."""
    return sorted({word[:_LONGEST] for text in texts for word in words(text)})


@dataclass(frozen=True, slots=True)
class Found:
    """A word search as part of a statement: gives `id`s, newest first, at most `limit` of them.

    The limit cuts what is left after `besides`, never before.
    """

    query: str
    besides: Besides
    limit: int

    def sql(self, tx: Tx) -> str:
        """Give the text; `values` are its values."""
        table, id_ = ("search_terms", "dossier_id") if tx.is_postgres else ("search_fts", "rowid")
        hits = "terms @@ %s::tsquery" if tx.is_postgres else "search_fts MATCH %s"
        rest = f" AND {self.besides.condition}" if self.besides.condition else ""
        return (
            f"SELECT id FROM (SELECT {id_} AS id FROM {table} WHERE {hits}"
            f"{rest.replace(_ID, f'{table}.{id_}')} ORDER BY {id_} DESC LIMIT %s) hits"
        )

    @property
    def values(self) -> tuple[object, ...]:
        """The values that the text takes."""
        return (self.query, *self.besides.values, self.limit)


def readings(
    tx: Tx,
    *,
    text: str,
    scopes: Sequence[int],
    clear: Sequence[int] = (),
    besides: Besides = NOTHING_BESIDES,
    limit: int,
) -> tuple[Found, ...]:
    """Word searches for dossiers within the scopes that hold every word; none where none can be.

    The first that finds anything is the answer. A personal word counts where one of the scopes
    `clear` sees it in clear.
    """
    wanted = list(dict.fromkeys(word[:_LONGEST] for word in words(text)))[:_MOST]
    if not wanted or not scopes:
        return ()
    written = _tsquery if tx.is_postgres else _match
    some, every = len(wanted) - 1, 0
    begun = dict.fromkeys([len(wanted), some, every])  # from which word on they are beginnings
    return tuple(Found(written(wanted, scopes, clear, one), besides, limit) for one in begun)


def _match(wanted: list[str], scopes: Sequence[int], clear: Sequence[int], begun: int) -> str:
    seen = " OR ".join(f'"c{scope}c"' for scope in clear)
    stars = [""] * begun + ["*"] * (len(wanted) - begun)
    heads = [
        f'(words : "{word}"{star} OR (scopes : "p{word}"{star} AND scopes : ({seen})))'
        if seen
        else f'(words : "{word}"{star})'
        for word, star in zip(wanted, stars, strict=True)
    ]
    rights = " OR ".join(f'"s{scope}s"' for scope in scopes)
    return f"{' AND '.join(heads)} AND (scopes : ({rights}))"


def _tsquery(wanted: list[str], scopes: Sequence[int], clear: Sequence[int], begun: int) -> str:
    seen = " | ".join(f"'c{scope}c'" for scope in clear)
    stars = [""] * begun + [":*"] * (len(wanted) - begun)
    heads = [
        f"('w{word}'{star} | ('p{word}'{star} & ({seen})))" if seen else f"'w{word}'{star}"
        for word, star in zip(wanted, stars, strict=True)
    ]
    rights = " | ".join(f"'s{scope}s'" for scope in scopes)
    return f"({rights}) & {' & '.join(heads)}"  # what most rows fail is asked of each first
