"""What the operations pages show of the queue; payloads are left out on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from motcua.core.jobs.models import Job

PAGE = 50


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


@dataclass(frozen=True, slots=True)
class JobPage:
    """A page of jobs, the latest first, and how many there are."""

    rows: list[Job]
    total: int
    page: int
    pages: int


def jobs_page(*, state: str = "", kind: str = "", page: int = 1) -> JobPage:
    """Give a page of jobs of a state and a kind (empty: any), without their payloads."""
    found = Job.objects.defer("payload").order_by("-id")
    if state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    return JobPage(list(found[(page - 1) * PAGE : page * PAGE]), total, page, pages)


def kinds() -> list[str]:
    """Give the kinds of jobs that there are rows of, by name."""
    return sorted(Job.objects.values_list("kind", flat=True).distinct())


def dead_jobs(limit: int = 100) -> list[DeadJob]:
    """Give the dead jobs, the latest first."""
    rows = Job.objects.filter(state=Job.State.DEAD).order_by("-id")
    fields = ("id", "kind", "tries", "last_error", "created_at", "finished_at")
    return [DeadJob(*row) for row in rows.values_list(*fields)[:limit]]
