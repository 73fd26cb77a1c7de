"""Several sealers and writers at once, on a database that several connections really share."""

from __future__ import annotations

import copy
import threading

import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from motcua.core.ledger.append import append_to_house
from motcua.core.ledger.models import Entry
from motcua.core.ledger.sealing import seal
from motcua.core.ledger.tests.tools import later, write
from motcua.core.ledger.verify import verify
from motcua.core.sql import act, reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared(tmp_path):
    """Give what a thread calls first. SQLite's test database is in memory: take a file instead."""
    if connection.vendor == "postgresql":
        yield lambda: None
        return
    usual = connections["default"]
    facts = copy.deepcopy(usual.settings_dict) | {"NAME": str(tmp_path / "shared.sqlite3")}

    def use_file():
        connections["default"] = type(usual)(facts, "default")

    use_file()
    MigrationExecutor(connections["default"]).migrate([("ledger", "0002_guard")])
    yield use_file
    connection.close()
    connections["default"] = usual


def together(use, *works) -> list[Exception]:
    """Run works in threads that start at once, each on a connection of its own."""
    gate, failed = threading.Barrier(len(works)), []

    def one(work):
        use()
        gate.wait()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - shown by the test
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_sealers_and_writers_at_once_lose_and_double_nothing(shared):
    def sealer():
        for _ in range(8):
            seal(at=later(99), batch=7)

    def writer(stream):
        return lambda: write(stream, 20)

    write(1, 30)
    assert together(shared, sealer, sealer, sealer, writer(2), writer(3)) == []
    while seal(at=later(100)):
        pass
    report = verify(tx=reading(), at=later(100))
    assert (report.findings, report.entries, report.unsealed) == ((), 70, 0)
    assert report.witnessed == report.seals > 9


def test_acts_of_the_house_at_once_queue(shared):
    def appoint():
        for _ in range(10):
            with act() as tx:
                append_to_house(tx, act="appoint", at=later(0), actor="officer:1")

    assert together(shared, appoint, appoint, appoint) == []
    places = Entry.objects.filter(stream=0).order_by("seq").values_list("seq", flat=True)
    assert list(places) == list(range(1, 31))
