"""Helpers of the ledger's tests: writing streams, and playing the attacker who owns the database.

`empty_ledger` belongs before every flush of a transactional test: the guard refuses the flush.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from motcua.core.ledger import guard
from motcua.core.ledger.append import NewEntry, append, head
from motcua.core.ledger.models import Entry
from motcua.core.ledger.verify import Report, verify
from motcua.core.sql import act, reading

FORGE = "UPDATE ledger_entry SET body = replace(body, 'officer:7', 'officer:8') WHERE id = %s"
T0 = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)


def later(minutes: int) -> dt.datetime:
    return T0 + dt.timedelta(minutes=minutes)


def write(stream: int, count: int = 1, **changes) -> None:
    """Append so many entries to a stream, one act each."""
    for _ in range(count):
        with act() as tx:
            seq, previous = head(tx, stream)
            facts = {"act": "move", "at": later(seq), "recorded": later(seq), "actor": "officer:7"}
            append(tx, NewEntry(stream=stream, seq=seq + 1, **(facts | changes)), previous)


def run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def unguarded() -> Iterator[None]:
    """Drop the triggers for a while, as whoever owns the database can."""
    guard.lift(connection)
    try:
        yield
    finally:
        guard.install(connection)


def empty_ledger() -> None:
    with unguarded():
        run("DELETE FROM ledger_entry")
        run("DELETE FROM ledger_seal")


def report(**options) -> Report:
    return verify(tx=reading(), at=later(20), **options)


def codes() -> set[str]:
    found = report()
    assert found.ok is not bool(found.findings)
    return {one.code for one in found.findings}


def one(stream: int = 5, seq: int = 2) -> int:
    return Entry.objects.get(stream=stream, seq=seq).pk
