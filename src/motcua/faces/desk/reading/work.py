"""The work of one officer: what is theirs by name or post, by the time that is left."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.queries import worklist

PAGE = 50
TABS = ("", "cua-toi", "cua-vi-tri", "qua-han", "hom-nay")
"""All, by my name, by my post without a name, late, due today; as they stand in the URL."""


@dataclass(frozen=True, slots=True)
class MyWork:
    """One page of the work of a tab, with the counts of every tab."""

    items: list[WorkItem]
    counts: dict[str, int]
    tab: str
    page: int

    @property
    def total(self) -> int:
        """How many pieces of work the tab has."""
        return self.counts[self.tab]

    @property
    def pages(self) -> int:
        """How many pages the tab has, at least one."""
        return max(1, -(-self.total // PAGE))


def my_work(actor: Actor, at: datetime.datetime, *, tab: str = "", page: int = 1) -> MyWork:
    """Give a page of an officer's open work, least time left first, in two statements.

    What waits for the applicant comes after what runs, and what has no deadline comes last.
    """
    rows = open_work(actor)
    narrowings = _narrowings(actor, at)
    counts = rows.aggregate(
        **{f"n{number}": Count("pk", filter=q) for number, q in enumerate(narrowings.values())}
    )
    counted = {name: counts[f"n{number}"] for number, name in enumerate(narrowings)}
    page = min(page, max(1, -(-counted[tab] // PAGE)))  # work is done while a list is open
    start = (page - 1) * PAGE
    found = urgent_first(rows.filter(narrowings[tab]))
    lean = found.defer("dossier__version__source", "dossier__version__body")
    return MyWork(list(lean[start : start + PAGE]), counted, tab, page)


def open_work(actor: Actor) -> QuerySet[WorkItem]:
    """Give the open work of an officer with its `due`: the same on the pages and in the API."""
    return _timed(_readable(actor))


def urgent_first(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Sort open work by the time that is left; what waits or has no deadline comes last."""
    return rows.order_by(
        F("due").asc(nulls_last=True), F("dossier__paused_since").asc(nulls_last=True), "pk"
    )


def next_item(actor: Actor, *, after: int) -> WorkItem | None:
    """Give the most urgent work of an officer on another dossier than the one just done."""
    rows = open_work(actor).exclude(dossier_id=after)
    lean = rows.defer("dossier__version__source", "dossier__version__body")
    return lean.order_by(F("due").asc(nulls_last=True), "pk").first()


def _readable(actor: Actor) -> QuerySet[WorkItem]:
    """Leave out work of a post on dossiers that the officer may not read: nobody opens those."""
    return visible(worklist(actor), actor, by="dossier")


def _timed(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Add `due`: the deadline of the work, or the dossier's where that comes first.

    A main step that waits for the applicant has none; a finished dossier's own no longer counts.
    """
    return rows.annotate(
        due=Case(
            When(leg=None, dossier__paused_since__isnull=False, then=None),
            When(leg__isnull=False, then=F("due_at")),
            When(dossier__finished_at__isnull=False, then=F("due_at")),
            When(due_at=None, then=F("dossier__due_at")),
            When(dossier__due_at__lt=F("due_at"), then=F("dossier__due_at")),
            default=F("due_at"),
        )
    )


def _narrowings(actor: Actor, at: datetime.datetime) -> dict[str, Q]:
    tomorrow = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow += datetime.timedelta(days=1)
    return {
        "": Q(),
        "cua-toi": Q(officer_id=actor.officer_id),
        "cua-vi-tri": Q(officer_id=None),
        "qua-han": Q(due__lt=at),
        "hom-nay": Q(due__gte=at, due__lt=tomorrow),
    }
