"""The numbers of the book follow from the codes: a day's numbers go on after those before it.

Every reception takes the next number of its agency and day, and a refused act gives it back
(`dossiers.store.give_code`): so the sums have no gaps, and no act writes one row more for them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from motcua.core.daybook.rules import Counts, Place
from motcua.core.places import LAST, place
from motcua.core.sql import Sql, Tx
from motcua.kernel.codes import DossierCode

_COUNTS = Sql("SELECT id, last FROM dossiers_codecounter WHERE id BETWEEN %s AND %s ORDER BY id")


@dataclass(slots=True)
class Numbering:
    """Gives places in the book; the counts of an agency's year are read once."""

    tx: Tx
    _known: dict[tuple[int, int], Counts] = field(default_factory=dict)

    def of(self, agency_id: int, code: str) -> Place:
        """Give the place of the dossier that an agency received under a code."""
        told = DossierCode.parse(code)
        year = (agency_id, told.day.year)
        if year not in self._known:
            self._known[year] = _counts(self.tx, *year)
        return self._known[year].place(told.day, told.number)


def _counts(tx: Tx, agency_id: int, year: int) -> Counts:
    first, last = (datetime.date(year, *end).toordinal() for end in ((1, 1), (12, 31)))
    rows = tx.all(_COUNTS, place(agency_id, first), place(agency_id, last))
    return Counts((datetime.date.fromordinal(int(one) & LAST), int(count)) for one, count in rows)
