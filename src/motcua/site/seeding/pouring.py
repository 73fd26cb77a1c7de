"""Casting every story: each core works out chunks of rows and writes them in one transaction.

On SQLite only one may write at a time, so while one core writes the other works rows out; on
PostgreSQL both copy at once. Memory holds a chunk per core and the moulds, however many dossiers.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from django.db import connection, connections, transaction

from motcua.site.seeding.casting import Foundry
from motcua.site.seeding.dialects import Cell
from motcua.site.seeding.stories import CHUNK, Stretch
from motcua.site.seeding.symbols import Ids, applicant_of, draw

AT_ONCE = 8
"""Chunks that one transaction writes."""

# What is poured can be poured again: a loss of power costs the seeding, and nothing else is there.
_HASTE = {
    "sqlite": (
        "PRAGMA synchronous = OFF",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA cache_size = -200000",
        "PRAGMA wal_autocheckpoint = 64000",
    ),
    "postgresql": ("SET synchronous_commit = off",),
}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cast from what, beginning after which ids."""

    foundry: Foundry
    stretch: Stretch
    after: Ids


def pour(work: Work, *, processes: int, tell: Callable[[int], None]) -> None:
    """Write the rows of every story; `tell` is called with how many dossiers are written."""
    groups = range(0, work.stretch.chunks, AT_ONCE)
    done = 0
    counted = _alone(work, groups) if processes == 1 else _side_by_side(work, groups, processes)
    for count in counted:
        done += count
        tell(done)


def _alone(work: Work, groups: range) -> Iterator[int]:
    for first in groups:
        yield _write(work, first)


_work: list[Work] = []  # of this process: what was there when it was forked


def _side_by_side(work: Work, groups: range, processes: int) -> Iterator[int]:
    connections.close_all()  # no process may go on with another's connection
    _work[:] = [work]
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, fork, initializer=_hurry) as pool:
        yield from pool.map(_write_inherited, groups)


def _hurry() -> None:
    with connection.cursor() as cursor:
        for statement in _HASTE[connection.vendor]:
            cursor.execute(statement)


def _write_inherited(first: int) -> int:
    return _write(_work[0], first)


def _write(work: Work, first: int) -> int:
    """Write some chunks from the first on; give how many dossiers that were."""
    rows: dict[str, list[tuple[Cell, ...]]] = {table: [] for table in work.foundry.columns}
    count = 0
    for chunk in range(first, min(first + AT_ONCE, work.stretch.chunks)):
        count += _cast(work, chunk, rows)
    with transaction.atomic():
        for table, found in rows.items():
            if found:
                work.foundry.dialect.write(table, work.foundry.columns[table], found)
    return count


def _cast(work: Work, chunk: int, into: dict[str, list[tuple[Cell, ...]]]) -> int:
    made, number = work.foundry, chunk * CHUNK
    for story in work.stretch.chunk(chunk):
        number += 1
        ids = Ids(work.after.dossier + number, work.after.party + number)
        applicant = applicant_of(story)
        mould, speller = made.moulds[story.shape]
        symbols = speller.spell(story, applicant, draw(applicant, number), ids)
        mould.cast(symbols, made.dialect, into)
    return number - chunk * CHUNK
