"""Schedules: declared in code, switched on and off in their rows, claimed by one worker a turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from motcua.core.jobs.models import Schedule
from motcua.core.jobs.queue import enqueue
from motcua.core.jobs.rules import next_slot
from motcua.core.sql import Sql, Tx, act

_KEEP = Sql(
    """
    INSERT INTO jobs_schedule (name, kind, every_seconds, next_run, enabled)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, every_seconds = excluded.every_seconds
    """
)
# A shorter period counts from now; without this a daily job made hourly would wait out its day.
_NOT_LATER = Sql("UPDATE jobs_schedule SET next_run = %s WHERE name = %s AND next_run > %s")
_TURN = Sql("UPDATE jobs_schedule SET next_run = %s WHERE name = %s AND next_run = %s AND enabled")


@dataclass(frozen=True, slots=True)
class Declared:
    """A schedule as the code declares it."""

    name: str
    kind: str
    every_seconds: int


_DECLARED: dict[str, Declared] = {}


def every(name: str, kind: str, seconds: int) -> None:
    """Declare that a job of this kind, with an empty payload, comes back every `seconds`."""
    if seconds < 1:
        raise ValueError("a schedule comes back after a second at the earliest")
    declared = Declared(name, kind, seconds)
    if _DECLARED.setdefault(name, declared) != declared:
        raise ValueError(f"two schedules are called {name!r}")


def synchronise(at: datetime) -> None:
    """Bring the rows to what the code declares; a new schedule is due at once.

    Rows that the code no longer declares stay, with the operator's switch, but are not run.
    """
    with act() as tx:
        for it in _DECLARED.values():
            tx.run(_KEEP, it.name, it.kind, it.every_seconds, at, True)  # noqa: FBT003 - a column
            latest = at + timedelta(seconds=it.every_seconds)
            tx.run(_NOT_LATER, latest, it.name, latest)


def run_due(at: datetime) -> int:
    """Enqueue the job of every schedule that is due; give how many turns this call took.

    A turn whose predecessor is still waiting or running adds no second job.
    """
    due = Schedule.objects.filter(enabled=True, next_run__lte=at, name__in=_DECLARED)
    turns = 0
    for name, slot in due.values_list("name", "next_run"):
        with act() as tx:
            turns += _take_turn(tx, _DECLARED[name], slot, at)
    return turns


def _take_turn(tx: Tx, it: Declared, slot: datetime, at: datetime) -> int:
    taken = tx.run(_TURN, next_slot(slot, it.every_seconds, at), it.name, slot)
    if taken:
        enqueue(tx, it.kind, {}, at=at, unique_key=it.name)
    return taken
