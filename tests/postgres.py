"""Which database a test runs on, and an empty one of the same kind for tests that start Motcua."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def on_postgres() -> bool:
    """Tell whether this run was started beside a PostgreSQL (`scripts/postgres.py`)."""
    return os.environ.get("MOTCUA_DATABASE", "").startswith("postgresql://")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test marked `postgres` on another database, rather than let it pass unseen."""
    if item.get_closest_marker("postgres") and not on_postgres():
        pytest.fail("this test needs PostgreSQL: .venv/bin/python scripts/postgres.py COMMAND")


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    """Give a `MOTCUA_DATABASE` address of an empty database, for a Motcua of its own process.

    It is of the kind this run is on: a file in the test's folder, or a database of the cluster
    that is dropped afterwards with whoever is still connected.
    """
    if not on_postgres():
        yield str(tmp_path / "motcua.sqlite3")
        return
    with database() as address:
        yield address


@contextmanager
def database(*, template: str = "template1") -> Iterator[str]:
    """Give the address of a new database of the cluster, begun as a copy of another one."""
    import psycopg

    address, name = os.environ["MOTCUA_DATABASE"], f"motcua_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield address.replace("/motcua?", f"/{name}?")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
