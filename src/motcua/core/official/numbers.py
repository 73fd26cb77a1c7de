"""Numbers of a book: 1, 2, 3 … of a year, no gap and no double, taken within the act that uses one.

The row of the book is held until that act commits. What breaks off gives its number back, so the
next act takes it; numbers and days run the same way, whoever waited for whom.
"""

from __future__ import annotations

import datetime

from motcua.core.official.models import NumberBook
from motcua.core.sql import Sql, Tx

ARRIVALS = "đến"
"""The book of incoming documents; those of outgoing ones bear the key of their kind."""
COPY_BOOK = "sao"
"""The book of copies of every form."""

_OPEN = Sql(
    "INSERT INTO official_numberbook (agency_id, book, year, last, last_on)"
    " VALUES (%s, %s, %s, 0, %s) ON CONFLICT (agency_id, book, year) DO NOTHING"
)
_TAKE = Sql(
    "UPDATE official_numberbook SET last = last + 1,"
    " last_on = CASE WHEN last_on > %s THEN last_on ELSE %s END"
    " WHERE agency_id = %s AND book = %s AND year = %s"
)


def take(tx: Tx, *, agency_id: int, book: str, on: datetime.date) -> tuple[int, datetime.date]:
    """Take the next number of a book in the year of a day; gives it with the day it bears.

    The day is later than `on` where a later one's number was taken first.
    """
    if not tx.run(_TAKE, on, on, agency_id, book, on.year):
        tx.run(_OPEN, agency_id, book, on.year, on)
        tx.run(_TAKE, on, on, agency_id, book, on.year)
    row = NumberBook.objects.get(agency=agency_id, book=book, year=on.year)
    return row.last, row.last_on
