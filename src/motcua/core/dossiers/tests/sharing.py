"""A made-up world in a database that several threads really share (SQLite: a file)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.tests.world import World, make_world
from motcua.core.ledger.tests.tools import empty_ledger
from motcua.core.procedures import queries as procedures
from tests.shared import shared_file, together

__all__ = ["shared_world", "together"]


@contextmanager
def shared_world(folder: Path) -> Iterator[World]:
    """Give the world; wants the fixture `transactional_db`, and leaves the ledger empty for it."""
    with shared_file(folder / "shared.sqlite3"):
        yield make_world()
        if connection.vendor == "postgresql":
            empty_ledger()
    forget_tree()
    calendars.forget()
    procedures.clear()
