"""A page is written anew without what was deleted only when nobody may still look at it."""

from __future__ import annotations

import os
import threading
import time

import pytest
from django.db import connection

from motcua.core.erasure import scrubbing
from motcua.core.erasure.scrubbing import StillRead, scrub

# With the crash drills: what others of the cluster write meanwhile is waited for.
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.recovery,
    pytest.mark.django_db(transaction=True),
]


def another(database: str):
    """Connect to a database of the same cluster."""
    import psycopg

    settings = connection.settings_dict
    where = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    given = {key: value for key, value in where.items() if value}
    given["password"] = settings["PASSWORD"] or os.environ.get("PGPASSWORD", "")
    return psycopg.connect(dbname=database, **given)


@pytest.fixture
def looking():
    """Open a transaction of somebody else's that may look at what is there now."""
    with another(connection.settings_dict["NAME"]) as other:
        other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        other.execute("SELECT count(*) FROM people_party")
        yield other


def test_a_transaction_from_before_is_waited_for(looking):
    ended: list[float] = []

    def end() -> None:
        time.sleep(0.4)
        ended.append(time.monotonic())
        looking.rollback()

    ender = threading.Thread(target=end)
    ender.start()
    scrub(whole=True)
    assert ended[0] < time.monotonic()
    ender.join()


def refused(monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(scrubbing, "_PATIENCE", 0.2)
        with pytest.raises(StillRead):
            scrub(whole=True)


def test_one_that_does_not_end_is_told(looking, monkeypatch):
    refused(monkeypatch)
    looking.rollback()
    scrub(whole=True)


def test_who_looks_now_does_not_hold_up_a_place_that_is_open(looking):
    scrub()


def test_who_writes_in_another_database_is_waited_for_too(monkeypatch, transactional_db):
    with another("postgres") as writer:
        writer.execute("SELECT txid_current()")
        refused(monkeypatch)
        writer.rollback()
        scrub(whole=True)
