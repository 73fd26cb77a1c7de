"""A simulation dealt out among processes, where the database lets several write at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from django.db import connection, connections

from motcua.site.sample.coming import Stretch
from motcua.site.sample.simulation import Run, simulate
from motcua.site.tuning import settle

_HASTE = {
    "sqlite": "PRAGMA cache_size = -400000",
    "postgresql": "SET synchronous_commit = off",
}


def processes() -> int:
    """Give how many processes a simulation is best dealt out among: SQLite has one writer."""
    return 1 if connection.vendor == "sqlite" else len(os.sched_getaffinity(0))


def simulate_in_parts(
    stretch: Stretch, *, count: int, tell: Callable[[int], None] = lambda _: None
) -> Run:
    """Simulate a stretch in so many processes, each with agencies of its own.

    Events of the whole city need one process: see `simulate`.
    """
    if count == 1:
        _hurry()
        return simulate(stretch, tell=tell, drawn=settle)
    connections.close_all()  # no process may go on with another's connection
    fork = multiprocessing.get_context("fork")
    parts = [stretch.dealt(part, count) for part in range(count)]
    with ProcessPoolExecutor(count, fork, initializer=_hurry) as pool:
        runs = list(pool.map(partial(simulate, drawn=settle), parts))
    whole = Run(runs[0].begins, runs[0].until)
    for one in runs:
        whole.ids += one.ids
        whole.acts += one.acts
    return whole


def _hurry() -> None:
    """Wait less for the disk: a loss of power costs the last acts, which the same call makes again.

    SQLite keeps in memory what many acts write, and so writes each page once.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HASTE[connection.vendor])
