"""All that an actor may read of a filter, in the order of the dossiers' numbers: for long exports.

Each stretch is one statement that asks the row filter anew and begins where the last one ended, so
neither memory nor a read transaction grows with the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from motcua.core.access.actors import Actor
from motcua.core.access.rows import condition
from motcua.core.access.scopes import party_scope
from motcua.core.dossiers.listing import (
    FOUND_AT_MOST,
    Line,
    line_of,
    lines_from,
    not_theirs,
    of_dossier,
)
from motcua.core.dossiers.queries import Filter, asked_of, spelled_out, stretch
from motcua.core.sql import Sql, reading
from motcua.kernel.errors import Refused


class TooManyHits(Refused):
    """Words that so many dossiers hold are no filter."""

    code = "dossiers.too_many_hits"
    vi = "Từ cần tìm có trong hơn {most} hồ sơ. Hãy tìm hẹp hơn, hoặc bỏ từ tìm và lọc cách khác."
    en = "More than {most} dossiers hold these words. Search for more, or filter without words."


def walk(actor: Actor, wanted: Filter, *, size: int) -> Iterator[list[Line]]:
    """Give every row in stretches of at most `size`. Raises `TooManyHits`."""
    if not actor.scopes or not spelled_out(wanted):
        return
    if wanted.words.strip():
        yield from _by_words(actor, wanted, size)
        return
    asked = asked_of(wanted)
    conditions = (*of_dossier(asked), *asked.conditions)
    sql = _stretch(len(actor.scopes), len(actor.barred), conditions)
    barred = [party_scope(one) for one in sorted(actor.barred)]
    after = 0
    while rows := reading().all(sql, after, *actor.scopes, *barred, *asked.sent, size):
        lines = [line_of(row) for row in rows]
        yield lines
        after = lines[-1].id


def _by_words(actor: Actor, wanted: Filter, size: int) -> Iterator[list[Line]]:
    found = stretch(actor, wanted, size=FOUND_AT_MOST)
    if found.more:
        raise TooManyHits(most=FOUND_AT_MOST)
    for start in range(0, len(found.lines), size):
        yield found.lines[start : start + size]


@lru_cache(maxsize=64)
def _stretch(scopes: int, barred: int, conditions: tuple[str, ...]) -> Sql:
    there, _ = condition(Actor("", scopes=(0,) * scopes))
    narrowed = "".join(f" AND {one}" for one in conditions)
    return Sql(
        f"{lines_from()} WHERE d.id > %s AND {there.format(id='d.id')}"
        f"{not_theirs('d.id', barred)}{narrowed} ORDER BY d.id LIMIT %s",
        anew=True,
    )
