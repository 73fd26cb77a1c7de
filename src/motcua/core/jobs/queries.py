"""What the operations pages show of the queue; payloads are left out on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from motcua.core.jobs.models import Job


@dataclass(frozen=True, slots=True)
class DeadJob:
    """A job that was given up, for a person to look at."""

    id: int
    kind: str
    tries: int
    last_error: str
    created_at: datetime
    finished_at: datetime


def counts() -> dict[str, int]:
    """Give the number of jobs in every state, zeros included."""
    found = dict(Job.objects.values_list("state").annotate(Count("id")))
    return {state: found.get(state, 0) for state in Job.State.values}


def dead_jobs(limit: int = 100) -> list[DeadJob]:
    """Give the dead jobs, the latest first."""
    rows = Job.objects.filter(state=Job.State.DEAD).order_by("-id")
    fields = ("id", "kind", "tries", "last_error", "created_at", "finished_at")
    return [DeadJob(*row) for row in rows.values_list(*fields)[:limit]]
