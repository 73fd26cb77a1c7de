"""Queues of work: what is an officer's by name or post, or their unit's, by the time left."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.queries import worklist
from motcua.core.dossiers.urgency import BY_TIME_LEFT, timed, to_sign, urgent_first
from motcua.faces.ui.deadline import SOON_DAYS
from motcua.kernel.vietnamese import name_key

PAGE = 50
LOOKED_AT = 2000
"""Pieces of open work that a queue looks at, those due first: nobody works through more, and what
each is due by and who may read it is asked of every one. Counts of a longer queue are a least."""

TABS = ("", "qua-han", "hom-nay", "sap-den-han", "cho-bo-sung", "cho-ky", "cua-toi", "cua-vi-tri")
"""All, late, due today, due soon, waiting for the applicant, to be signed, in my name, in nobody's;
as they stand in the address."""

BY_NAME = "ten"
SORTS: Mapping[str, tuple[str | Combinable, ...]] = {
    "": (),
    BY_NAME: (),  # put in order as the reader sees the names
    "moi": ("-began_at", "pk"),
    "ma": (Coalesce("dossier__code", "dossier__lookup"), "pk"),
    "thu-tuc": ("dossier__procedure_id",),
}
"""Orders by what the address says; the time left comes after each, and is the order without one."""


class Whose(StrEnum):
    """Whose work a queue holds."""

    MINE = "mine"
    UNIT = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Whose open work, narrowed to what, in which order; empty values narrow nothing."""

    whose: Whose = Whose.MINE
    tab: str = ""
    procedure: str = ""
    officer_id: int | None = None
    sort: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but whose work it is narrows the queue."""
        return bool(self.tab or self.procedure or self.officer_id is not None)

    def relaxed(self) -> Iterator[tuple[str, Queue]]:
        """Give the queue with one narrowing less, and the name of what was let go."""
        if self.officer_id is not None:
            yield "officer", replace(self, officer_id=None)
        if self.procedure:
            yield "procedure", replace(self, procedure="")
        if self.tab:
            yield "tab", replace(self, tab="")


@dataclass(frozen=True, slots=True)
class Work:
    """One page of a queue, with the counts of every tab."""

    items: list[WorkItem]
    counts: dict[str, int]
    beside: list[int]
    tab: str
    page: int
    whole: int

    @property
    def total(self) -> int:
        """How many pieces of work the tab has."""
        return self.counts[self.tab]

    @property
    def more(self) -> bool:
        """Whether the queue is longer than what is looked at, so that its counts are a least."""
        return self.whole >= LOOKED_AT

    @property
    def pages(self) -> int:
        """How many pages the tab has, at least one."""
        return max(1, -(-self.total // PAGE))


def work_of(
    actor: Actor,
    at: datetime.datetime,
    queue: Queue,
    *,
    page: int = 1,
    beside: Sequence[Queue] = (),
) -> Work:
    """Give a page of a queue, in two statements whatever its size.

    Least time left comes first; what waits for the applicant comes after what runs, and what has
    no deadline comes last. What queues `beside` it hold is counted too.
    """
    rows, tabs = _rows(actor, queue.whose), _tabs(actor, at)
    asked = [Q(), *(_narrow(queue) & tab for tab in tabs.values())]
    asked += [_narrow(one) & tabs[one.tab] for one in beside]
    counts = rows.aggregate(**{f"n{n}": Count("pk", filter=q) for n, q in enumerate(asked)})
    whole, *told = (int(counts[f"n{number}"]) for number in range(len(asked)))
    counted = dict(zip(tabs, told, strict=False))
    page = min(page, max(1, -(-counted[queue.tab] // PAGE)))  # work is done while a list is open
    start = (page - 1) * PAGE
    found = _sorted(rows.filter(_narrow(queue), tabs[queue.tab]), queue)
    named = _by_name(actor, found) if queue.sort == BY_NAME else found
    items = list(named[start : start + PAGE]) if counted[queue.tab] else []
    return Work(items, counted, told[len(tabs) :], queue.tab, page, whole)


def count_of(actor: Actor, at: datetime.datetime, queue: Queue) -> int:
    """Count what a queue holds."""
    return _all(actor, at, queue).count()


def in_order(
    actor: Actor, at: datetime.datetime, queue: Queue, *, most: int = LOOKED_AT
) -> list[WorkItem]:
    """Give the first `most` pieces of work of a queue, in its order."""
    rows = _sorted(_all(actor, at, queue), queue)
    return list((_by_name(actor, rows) if queue.sort == BY_NAME else rows)[:most])


def codes_in_order(
    actor: Actor, at: datetime.datetime, queue: Queue, *, most: int
) -> list[tuple[str | None, str]]:
    """Give the codes and look-up numbers of the first work of a queue, in its order."""
    if queue.sort == BY_NAME:
        found = in_order(actor, at, queue, most=most)
        return [(item.dossier.code, item.dossier.lookup) for item in found]
    rows = _sorted(_all(actor, at, queue), queue)
    return list(rows.values_list("dossier__code", "dossier__lookup")[:most])


def _all(actor: Actor, at: datetime.datetime, queue: Queue) -> QuerySet[WorkItem]:
    return _rows(actor, queue.whose).filter(_narrow(queue), _tabs(actor, at)[queue.tab])


def _by_name(actor: Actor, rows: QuerySet[WorkItem]) -> list[WorkItem]:
    """Sort by tên, then họ and đệm, as the reader sees them: a mask is sorted as a mask."""
    return sorted(rows, key=lambda item: name_key(name_in_list(actor, item.dossier)))


def open_work(actor: Actor) -> QuerySet[WorkItem]:
    """Give the open work of an officer with its `due`: the same on the pages and in the API.

    Work of a post on dossiers that the officer may not read is left out: nobody opens those.
    """
    return timed(visible(worklist(actor), actor, by="dossier"))


def open_work_of_unit(actor: Actor) -> QuerySet[WorkItem]:
    """Give the open work of the agencies where an officer works, as far as they may read it."""
    found = _of_unit(actor).select_related(
        "dossier__version__procedure", "dossier__applicant", "agency", "officer"
    )
    return timed(visible(found, actor, by="dossier"))


def _of_unit(actor: Actor) -> QuerySet[WorkItem]:
    rows = WorkItem.objects.filter(agency_id__in=actor.agencies(), ended_at=None)
    return rows.exclude(dossier__applicant_id__in=actor.barred) if actor.barred else rows


def next_item(actor: Actor, *, after: int) -> WorkItem | None:
    """Give the most urgent work of an officer on another dossier than the one just done."""
    return urgent_first(_lean(open_work(actor).exclude(dossier_id=after))).first()


def _rows(actor: Actor, whose: Whose) -> QuerySet[WorkItem]:
    """Give the open work of a queue, of a very long one those due first (see `LOOKED_AT`)."""
    rows = open_work(actor) if whose is Whose.MINE else open_work_of_unit(actor)
    first = worklist(actor) if whose is Whose.MINE else _of_unit(actor)
    by_due = first.order_by(F("due_at").asc(nulls_last=True), "pk")
    return rows.filter(pk__in=by_due.values("pk")[:LOOKED_AT])


def _narrow(queue: Queue) -> Q:
    """Give what a queue is narrowed to besides its tab."""
    told = Q()
    if queue.procedure:
        told &= Q(dossier__version__procedure__code=queue.procedure)
    if queue.officer_id is not None:
        told &= Q(officer_id=queue.officer_id)
    return told


def _sorted(rows: QuerySet[WorkItem], queue: Queue) -> QuerySet[WorkItem]:
    return _lean(rows.order_by(*SORTS[queue.sort], *BY_TIME_LEFT))


def _lean(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    return rows.defer("dossier__version__source", "dossier__version__body")


def _tabs(actor: Actor, at: datetime.datetime) -> dict[str, Q]:
    tomorrow = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow += datetime.timedelta(days=1)
    told = (
        Q(),
        Q(due__lt=at),
        Q(due__gte=at, due__lt=tomorrow),
        Q(due__gte=tomorrow, due__lt=_soon_until(tomorrow)),
        Q(leg=None, dossier__paused_since__isnull=False),
        to_sign(),
        Q(officer_id=actor.officer_id),
        Q(officer_id=None),
    )
    return dict(zip(TABS, told, strict=True))


def _soon_until(tomorrow: datetime.datetime) -> datetime.datetime:
    """Give the end of the last day that is soon, by the national calendar."""
    day = tomorrow.date() - datetime.timedelta(days=1)
    for _ in range(SOON_DAYS):
        day = calendars["national"].next_working_day(day)
    return datetime.datetime.combine(
        day + datetime.timedelta(days=1), datetime.time(), tomorrow.tzinfo
    )
