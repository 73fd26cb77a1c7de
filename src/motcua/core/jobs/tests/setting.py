"""What the queue's tests share: a day, a way to enqueue, and a look at the one job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from motcua.core.jobs.models import Job
from motcua.core.jobs.queue import enqueue
from motcua.core.jobs.registry import handler
from motcua.core.sql import act

DAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def later(**passed: float) -> datetime:
    """Give the instant so long after the day began."""
    return DAY + timedelta(**passed)


def add(kind: str = "test.work", at: datetime = DAY, **more) -> None:
    """Enqueue a job in an act of its own."""
    with act() as tx:
        enqueue(tx, kind, more.pop("payload", {}), at=at, **more)


def does(kind: str, work: Callable[[], object] = lambda: None, **how) -> None:
    """Declare what a kind of job does, where payload and time do not matter."""

    @handler(kind, **how)
    def run(payload, *, at):
        work()


def the_job() -> Job:
    """Give the only job there is."""
    return Job.objects.get()


def leave_result(at: datetime) -> None:
    """Leave the result of a handler: a row that a second run does not double."""
    with act() as tx:
        enqueue(tx, "test.result", {}, at=at, run_at=at + timedelta(days=9999), unique_key="result")
