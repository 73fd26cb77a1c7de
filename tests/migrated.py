"""A migrated database for Motcua of a process of its own: the migrations run once for all tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import database, on_postgres

_TEMPLATE = "motcua_migrated"


@pytest.fixture(scope="session")
def migrated_template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a database as `migrate` leaves an empty one: made by who comes first.

    It is a file in the folder of this run, or a database of its cluster that goes away with it.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # that of all processes of this run
    address = _beside(_TEMPLATE) if on_postgres() else str(folder / f"{_TEMPLATE}.sqlite3")
    with (folder / f"{_TEMPLATE}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.fstat(lock.fileno()).st_size:  # as it is now, not as it was opened
            _migrate(address, folder / _TEMPLATE)
            lock.write("made")
    return address


def _beside(name: str) -> str:
    return os.environ["MOTCUA_DATABASE"].replace("/motcua?", f"/{name}?")


def _migrate(address: str, home: Path) -> None:
    if on_postgres():
        import psycopg

        with psycopg.connect(os.environ["MOTCUA_DATABASE"], autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{_TEMPLATE}"')
    told = {
        "MOTCUA_DATABASE": address,
        "MOTCUA_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "motcua.site.settings",
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env={**os.environ, **told}, check=True)


@pytest.fixture
def migrated_database(migrated_template: str, tmp_path: Path) -> Iterator[str]:
    """Give a `MOTCUA_DATABASE` address as `empty_database` does, of a database that is migrated."""
    if on_postgres():
        with database(template=_TEMPLATE) as address:
            yield address
        return
    path = tmp_path / "motcua.sqlite3"
    shutil.copyfile(migrated_template, path)
    yield str(path)
