"""The open work of an agency as its head counts and lists it: one query for both."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import LARGEST_ID
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.queries import worklist
from motcua.core.dossiers.urgency import timed, to_sign, urgent_first

OPEN, LATE, WEEK, SIGNING = "", "qua-han", "trong-tuan", "cho-ky"
"""All of it, what is late, due by the end of this week, to be signed; as they stand in the URL."""

PAGE = 50


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of work and how much there is in all."""

    items: list[WorkItem]
    total: int
    page: int
    pages: int


def work_of(actor: Actor, *, agency_id: int) -> QuerySet[WorkItem]:
    """Give the open work of an agency, with its `due`, as far as the actor reads its dossiers."""
    rows = WorkItem.objects.filter(agency_id=agency_id, ended_at=None)
    return timed(visible(rows, actor, by="dossier"))


def narrowings(at: datetime.datetime) -> dict[str, Q]:
    """Give what each kind of a head's list asks of work."""
    return {OPEN: Q(), LATE: Q(due__lt=at), WEEK: _this_week(at), SIGNING: to_sign()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A head's list: the work of an agency of a kind, of one officer, of nobody, or of all."""

    agency_id: int
    kind: str = OPEN
    officer: int | None = None
    unnamed: bool = False


def listed(actor: Actor, at: datetime.datetime, asked: Asked, *, page: int = 1) -> WorkPage:
    """Give a page of a head's list, most urgent first."""
    return _page(_asked(actor, at, asked), page, PAGE)


def whole(actor: Actor, at: datetime.datetime, asked: Asked, *, most: int) -> list[WorkItem]:
    """Give the first `most` rows of a head's list, most urgent first."""
    return list(_lean(_asked(actor, at, asked))[:most])


def _asked(actor: Actor, at: datetime.datetime, asked: Asked) -> QuerySet[WorkItem]:
    rows = work_of(actor, agency_id=asked.agency_id).filter(narrowings(at)[asked.kind])
    if asked.unnamed:
        return rows.filter(officer=None)
    if asked.officer is None:
        return rows
    return rows.filter(officer=asked.officer) if asked.officer <= LARGEST_ID else rows.none()


def signing(actor: Actor, *, page: int = 1, size: int = PAGE) -> WorkPage:
    """Give a page of the work that waits for the actor's own signature, most urgent first."""
    rows = timed(visible(worklist(actor).filter(to_sign()), actor, by="dossier"))
    return _page(rows, page, size)


def _page(rows: QuerySet[WorkItem], page: int, size: int) -> WorkPage:
    total = rows.count()
    pages = max(1, -(-total // size))
    start = (min(max(page, 1), pages) - 1) * size
    items = list(_lean(rows)[start : start + size])
    return WorkPage(items, total, start // size + 1, pages)


def _lean(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    found = urgent_first(rows).select_related(
        "dossier__version__procedure", "dossier__applicant", "agency", "officer"
    )
    return found.defer("dossier__version__source", "dossier__version__body")


def _this_week(at: datetime.datetime) -> Q:
    today = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(due__gte=at, due__lt=today + datetime.timedelta(days=7 - today.weekday()))
