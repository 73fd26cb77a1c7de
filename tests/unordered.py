"""What no statement puts in order comes the other way round: `pytest -p tests.unordered`.

A database gives rows without `ORDER BY` as it finds them, which is nearly always as they were
written, until a plan or a page of the table changes. What rests on that is found on every run here
instead of once in a hundred. Rows of an `INSERT` are left: both databases give them as written, and
Django itself rests on it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

_KEPT = re.compile(r"\b(order by|returning|pragma)\b", re.IGNORECASE)


def turned(rows: list[Any], statement: object) -> list[Any]:
    """Give the rows of a statement, the last one first unless it says which comes first."""
    return rows if _KEPT.search(str(statement)) else rows[::-1]


class Turned(CursorWrapper):
    """Django's cursor, which takes in all rows of an answer to give them the other way round."""

    _statement: object = ""
    _rows: list[Any] | None = None

    def execute(self, sql: Any, params: Any = None) -> Any:
        """Ask, and keep what was asked."""
        self._statement, self._rows = sql, None
        return super().execute(sql, params)

    def fetchall(self) -> list[Any]:
        """Give what is left of the answer."""
        rows, self._rows = self._left(), []
        return rows

    def fetchmany(self, size: int = 1) -> list[Any]:
        """Give the next rows of the answer."""
        rows = self._left()
        self._rows = rows[size:]
        return rows[:size]

    def _left(self) -> list[Any]:
        if self._rows is None:
            self._rows = turned(list(self.cursor.fetchall()), self._statement)
        return self._rows


@pytest.fixture(autouse=True, scope="session")
def _unordered() -> Any:
    from motcua.core import sql

    plain = sql.Tx.all

    def rows(self: sql.Tx, statement: sql.Sql, *values: Any) -> list[Any]:
        return turned(plain(self, statement, *values), statement.sqlite + statement.postgres)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sql.Tx, "all", rows)
        patch.setattr("django.db.backends.utils.CursorWrapper", Turned)
        yield
