"""A database that several threads and processes really share, and works that begin at once."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def shared_file(path: Path) -> Iterator[None]:
    """Copy the test database, which SQLite has in memory, to a file and use that for a while.

    Wants the fixture `transactional_db`. PostgreSQL's is shared anyhow.
    """
    if connection.vendor == "postgresql":
        yield
        return
    connection.ensure_connection()
    with sqlite3.connect(path) as file:
        connection.connection.backup(file)
        file.execute("PRAGMA journal_mode=WAL")  # the first switch does not wait for others
    file.close()
    kept, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = kept, name


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


def raised(*works: Callable[[], object]) -> list[Exception]:
    """Run works as `together` does; give what they raised."""
    return [one for one in together(*works) if isinstance(one, Exception)]
