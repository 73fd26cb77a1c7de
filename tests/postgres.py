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


_REACH_ONE = {"db", "transactional_db", "empty_database", "migrated_database", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out on PostgreSQL what is the same there: no database is reached, or none matters."""
    if not on_postgres():
        return
    again = [item for item in items if _reaches_one(item) and not item.get_closest_marker("once")]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again


def _reaches_one(item: pytest.Item) -> bool:
    named = set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return marked or not named.isdisjoint(_REACH_ONE)


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
