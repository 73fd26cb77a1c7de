"""What every table holds, so that a test can say that a refused act changed nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from motcua.kernel.errors import Invalid, Refused

# Shadow tables of the full-text index say the same again, in its own encoding.
_SHADOWS = ("search_fts_",)


def tables() -> dict[str, list[str]]:
    """Give every row of every table, as text, in one order."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            if not name.startswith(_SHADOWS):
                cursor.execute(f'SELECT * FROM "{name}"')
                found[name] = sorted(repr(_plain(row)) for row in cursor.fetchall())
    return found


def counts() -> dict[str, int]:
    """Give the number of rows of every table."""
    return {name: len(rows) for name, rows in tables().items()}


@contextmanager
def unchanged() -> Iterator[None]:
    """Fail where what happens inside changed any row of any table."""
    before = tables()
    yield
    after = tables()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


@contextmanager
def refused(code: str, *, at: str | None = None) -> Iterator[None]:
    """Expect a refusal by its stable code (of field `at`), in both languages, changing nothing."""
    with unchanged(), pytest.raises(Refused) as caught:
        yield
    refusal = caught.value
    if at is not None:
        assert isinstance(refusal, Invalid), refusal
        assert at in refusal.problems, refusal.problems
        refusal = refusal.problems[at]
    assert refusal.code == code
    said = {refusal.text("vi"), refusal.text("en")}
    assert len(said) == 2, "one sentence for each language"
    assert not any("{" in sentence or not sentence.strip() for sentence in said)


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
