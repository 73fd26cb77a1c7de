"""A made-up world in a database that several threads really share (SQLite: a file)."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.tests.world import World, make_world
from motcua.core.ledger.tests.tools import empty_ledger
from motcua.core.procedures import queries as procedures


@contextmanager
def shared_world(folder: Path) -> Iterator[World]:
    """Give the world; wants the fixture `transactional_db`, and leaves the ledger empty for it."""
    if connection.vendor == "postgresql":
        yield make_world()
        empty_ledger()
    else:
        with _file(folder / "shared.sqlite3"):
            yield make_world()
    forget_tree()
    calendars.forget()
    procedures.clear()


@contextmanager
def _file(path: Path) -> Iterator[None]:
    """Copy the test database, which is in memory, to a file and use that for a while."""
    connection.ensure_connection()
    with sqlite3.connect(path) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")  # the first switch does not wait for others
    file.close()
    kept, settings = connections["default"], connections.databases["default"]
    name = settings["NAME"]
    del connections["default"]
    settings["NAME"] = str(path)
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = name
        connections["default"] = kept


def together(*works: Callable[[], object]) -> list[object]:
    """Run works in threads that start at once; give each one's answer, or what it raised."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def one(number: int, work: Callable[[], object]) -> None:
        gate.wait()
        try:
            answers[number] = work()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
