"""Helpers of the access log's tests: reading as somebody, and playing the database's owner."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from motcua.core.access.actors import Actor
from motcua.core.access.book import ACCESS, GUARDED
from motcua.core.access.log import Reader
from motcua.core.agencies.powers import Held
from motcua.core.ledger import guard
from motcua.core.ledger.verify import Report, verify
from motcua.core.sql import reading

T0 = datetime.datetime(2026, 3, 2, 1, 0, tzinfo=datetime.UTC)


def reader(number: int = 7, *, hours: float = 0, agency: int = 3) -> Reader:
    """Give an officer who reads so many hours after the beginning."""
    posts = (Held(agency, "specialist", reads_agency=False),)
    actor = Actor(key=f"officer:{number}", officer_id=number, posts=posts)
    return Reader(actor, T0 + datetime.timedelta(hours=hours), "192.0.2.1")


def run(statement: str, *values: object) -> None:
    """Speak to the database behind the house's back."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def unguarded() -> Iterator[None]:
    """Drop the triggers for a while, as whoever owns the database can."""
    guard.lift(connection, GUARDED)
    try:
        yield
    finally:
        guard.install(connection, GUARDED)


def empty_log() -> None:
    """Empty the log before the flush of a transactional test, which the guard refuses."""
    with unguarded():
        run("DELETE FROM access_read")
        run("DELETE FROM access_accessseal")


def report(**options) -> Report:
    """Verify the access log a day after the beginning."""
    return verify(tx=reading(), at=T0 + datetime.timedelta(hours=24), book=ACCESS, **options)


def codes() -> set[str]:
    """Give the codes of everything that a check finds."""
    found = report()
    assert found.ok is not bool(found.findings)
    return {one.code for one in found.findings}
