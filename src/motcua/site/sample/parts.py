"""A simulation dealt out among processes, where the database lets several write at a time."""

from __future__ import annotations

import datetime
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

from django.db import connection, connections

from motcua.site.sample.coming import Stretch
from motcua.site.sample.events import Event
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
    stretch: Stretch,
    *,
    count: int,
    events: Sequence[Event] = (),
    tell: Callable[[int], None] = lambda _: None,
) -> Run:
    """Simulate a stretch in so many processes, each with agencies of its own.

    At an event of the whole city all of them stop, it happens, and they go on.
    """
    if count == 1:
        _hurry()
        return simulate(stretch, events=events, tell=tell, drawn=settle)
    done = Counter[str]()
    for event in sorted(events, key=lambda one: one.at):
        if event.at > stretch.until:
            break
        eve = replace(stretch, until=event.at - datetime.timedelta(microseconds=1))
        done += _at_once(eve, count).acts
        event.happen(event.at)
    whole = _at_once(stretch, count)
    whole.acts += done
    return whole


def _at_once(stretch: Stretch, count: int) -> Run:
    """Simulate the parts of a stretch at the same time."""
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
