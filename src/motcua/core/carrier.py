"""A thread beside the acts copies most of SQLite's log into the database, before a commit has to.

Left alone, the commit that brings the log to its limit (`motcua.site.databases`) copies all of it
and waits for the disk: one act in two thousand, some 90 ms. Beside the acts nobody waits: they go
on writing to the log meanwhile, and at its limit a commit copies what came since.
PostgreSQL has a process of its own for this.
"""

from __future__ import annotations

import logging
import threading
from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections

from motcua.core.sql import carry_home, database_errors, grown

log = logging.getLogger("motcua.carrier")


class Carrier(threading.Thread):
    """Copies whenever acts of this process have added much to the log."""

    def __init__(self) -> None:
        super().__init__(name="carrier", daemon=True)
        self._over = False

    def run(self) -> None:
        """Copy until told to stop."""
        try:
            over = False
            while not over:
                grown.wait()
                grown.clear()
                over = self._over  # before copying: a last copy is made after it was told to stop
                _carry()
        finally:
            connections.close_all()  # those of this thread

    def stop(self) -> None:
        """Copy once more and end."""
        self._over = True
        grown.set()
        self.join()


@cache
def carry_beside() -> Carrier | None:
    """Start a carrier, once in a process; it ends with it. On PostgreSQL there is nothing to do."""
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite":
        return None
    carrier = Carrier()
    carrier.start()
    return carrier


def _carry() -> None:
    try:
        carry_home()
    except database_errors() as error:  # a full disk, say: the acts tell of that themselves
        log.warning("SQLite's log could not be copied now, a commit will do it: %s", error)
        connections.close_all()
