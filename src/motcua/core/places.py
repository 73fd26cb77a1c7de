"""Rows of one dossier lie together: their ids say whose they are and which one they are.

An id is `stream << 24 | number`. On SQLite it is the rowid itself, on PostgreSQL the primary key;
either way no second index is needed to find, order or close a dossier's rows, and an act touches
one page instead of three (ADR 0008).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

BITS = 24
LAST = (1 << BITS) - 1
STREAMS = 1 << 39
RECORDS = 1 << 38
"""Streams of dossiers lie below; from here on those of the records of registers."""
DOCUMENTS, ARRIVALS = RECORDS + (1 << 36), RECORDS + (1 << 37)
"""From here on the streams of outgoing documents, and of incoming ones."""


def place(stream: int, number: int) -> int:
    """Give the id of row `number` (1 to about 16 million) of a stream (below `STREAMS`)."""
    return stream << BITS | number


def places(stream: int) -> tuple[int, int]:
    """Give the first and the last id that rows of a stream can have."""
    return stream << BITS, stream << BITS | LAST


if TYPE_CHECKING:
    _Integer = models.BigIntegerField[int, int]
    _Auto = models.BigAutoField[int, int]
else:
    _Integer = models.BigIntegerField
    _Auto = models.BigAutoField


class PlaceField(_Integer):
    """A primary key that the writer gives; on SQLite an alias of the rowid."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's field options
        super().__init__(**{**options, "primary_key": True})

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Give `integer` on SQLite: only that spelling makes the rowid the key."""
        return "integer" if connection.vendor == "sqlite" else "bigint"

    def rel_db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Give the type of a column that refers to it."""
        return self.db_type(connection)


class ReusedIdField(_Auto):
    """A generated key whose numbers may come again once their rows are gone.

    On SQLite Django's own keys keep a count in one row of one table, which every act would write.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's field options
        super().__init__(**{**options, "primary_key": True})

    def db_type_suffix(self, connection: BaseDatabaseWrapper) -> str | None:
        """Leave out `AUTOINCREMENT` on SQLite."""
        return None if connection.vendor == "sqlite" else super().db_type_suffix(connection)
