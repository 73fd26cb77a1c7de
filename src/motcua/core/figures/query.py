"""The one declared query behind all figures, and that of the ratings beside them.

What was true until the cut-off as it is known then. Whoever wants to check a figure runs these.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from motcua.core.figures.rules import Stretch
from motcua.core.places import BITS
from motcua.core.sql import Row, Sql, instant, reading

STRETCHES = Sql(
    "SELECT id, dossier_id, procedure_id, receiving_agency_id, state, agency_id, due_at, began_at,"
    " ended_at, channel FROM facts_fact WHERE id > %s AND began_at <= %s ORDER BY id LIMIT %s"
)
RATED = Sql(
    "SELECT d.procedure_id, r.agency_id, r.first_at, SUM(m.points), COUNT(m.id)"
    " FROM ratings_rating r JOIN ratings_mark m ON m.rating_id = r.id"
    f" JOIN dossiers_dossier d ON d.id = (r.id >> {BITS})"
    " WHERE r.replaced_seq IS NULL GROUP BY r.id, d.procedure_id, r.agency_id, r.first_at"
)
AREA = Sql("SELECT area FROM dossiers_dossier WHERE id = %s")

_AT_ONCE = 20_000


class Told(NamedTuple):
    """A dossier, with the stretches of its situation in order."""

    id: int
    procedure_id: int
    receiving_id: int
    channel: str
    stretches: list[Stretch]


def dossiers(at: datetime.datetime) -> Iterator[Told]:
    """Give every dossier with its stretches up to an instant, one after another."""
    for dossier_id, rows in groupby(_rows(at), key=lambda row: row[1]):
        found = list(rows)
        _, _, procedure_id, receiving_id, *_, channel = found[0]
        stretches = [_stretch(row, at) for row in found]
        yield Told(dossier_id, procedure_id, receiving_id, channel, stretches)


def _rows(at: datetime.datetime) -> Iterator[Row]:
    after = 0
    while rows := reading().all(STRETCHES, after, at, _AT_ONCE):
        yield from rows
        after = rows[-1][0]


def _stretch(row: Row, at: datetime.datetime) -> Stretch:
    began, ended = instant(row[7]), instant(row[8])
    assert began is not None
    still = ended is None or ended > at
    return Stretch(row[4], row[5], instant(row[6]), began, None if still else ended)
