"""Việc của tôi, Việc của đơn vị: open work in a table, least time left first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.desks.saved import filters_for
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import WorkItem
from motcua.core.procedures.queries import declared
from motcua.core.talks.queries import waiting_for
from motcua.faces.desk.columns import Head, heads
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.filters import first_of, shown
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.queueing import (
    PAGES,
    address_of,
    procedure_names,
    query_of,
    queue_in,
    remember,
    said_of,
    saved_queue,
    sort_names,
    tab_names,
)
from motcua.faces.desk.reading.chosen import mark_of
from motcua.faces.desk.reading.work import (
    BY_NAME,
    LOOKED_AT,
    Queue,
    Whose,
    Work,
    count_of,
    work_of,
)
from motcua.faces.desk.shown.deadlines import Chip, of_work
from motcua.faces.desk.words import day, language, place_name
from motcua.faces.ui import reads


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of the work list; `mark` names the piece of work where many are chosen."""

    mark: str
    code: str
    applicant: str
    procedure: str
    name: str
    step: str
    holder: str
    promised: str
    chip: Chip


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with its address and how much stands under it."""

    key: str
    name: str
    count: int
    address: str


@require_safe
@desk
def work(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the work of the officer."""
    return _show(request, visit, Whose.MINE)


@require_safe
@desk
def unit_work(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the work of the agencies where the officer works, as far as they may read it."""
    return _show(request, visit, Whose.UNIT)


def _show(request: HttpRequest, visit: Visit, whose: Whose) -> HttpResponse:
    saved = filters_for(visit.actor, PAGES[whose])
    if not request.GET and (first := first_of(visit, saved)) is not None:
        return redirect(address_of(saved_queue(first.query, whose)))
    queue = queue_in(request.GET, whose)
    beside = [saved_queue(one.query, whose) for one in saved]
    found = work_of(visit.actor, visit.at, queue, page=page_number(request), beside=beside)
    seen = [item.dossier_id for item in found.items]
    reads.listed(request, visit.actor, visit.at, "work", seen)
    remember(request, address_of(queue))
    context = {
        "rows": [_row(visit, item) for item in found.items],
        "queue": queue,
        "of_unit": whose is Whose.UNIT,
        "page_key": PAGES[whose],
        "query": query_of(queue),
        "all_of_it": address_of(Queue(whose=whose)),
        "tabs": _tabs(queue, found),
        "sorts": sort_names(),
        "columns": _heads(queue),
        "procedures": procedure_names(),
        "narrowed_to": [words for _kind, words in said_of(queue)],
        "saved": [
            shown(visit, row, address_of(behind), count)
            for row, behind, count in zip(saved, beside, found.beside, strict=True)
        ],
        "named": waiting_for(visit.actor) if whose is Whose.MINE else [],
        "relaxed": None if found.items else _relaxed(visit, queue),
        "looked_at": LOOKED_AT,
        "listed": found,
        "at": visit.at,
    }
    return page(request, "work.html", context)


def _heads(queue: Queue) -> list[Head]:
    columns = [
        (_("Hạn xử lý"), ""),
        (_("Mã hồ sơ"), "ma"),
        (_("Người nộp"), BY_NAME),
        (_("Tên thủ tục"), "thu-tuc"),
        (_("Bước"), None),
        (_("Người giữ"), None),
        (_("Hẹn trả"), None),
    ]
    return heads(columns, queue.sort, lambda by: address_of(replace(queue, sort=by)))


def _tabs(queue: Queue, found: Work) -> list[Tab]:
    return [
        Tab(key, name, found.counts[key], address_of(replace(queue, tab=key)))
        for key, name in tab_names().items()
    ]


def _relaxed(visit: Visit, queue: Queue) -> tuple[str, str, int] | None:
    """Find the nearest queue that holds something: address, what was let go, how much."""
    said = dict(said_of(queue))
    for dropped, wider in queue.relaxed():
        count = count_of(visit.actor, visit.at, wider)
        if count:
            return address_of(wider), said[dropped], count
    return None


def _row(visit: Visit, item: WorkItem) -> WorkRow:
    dossier = item.dossier
    declaration = declared(dossier.version_id)
    code = dossier.code or dossier.lookup
    return WorkRow(
        mark=mark_of(item),
        code=code,
        applicant=name_in_list(visit.actor, dossier) or "–",
        procedure=declaration.short.text(language()),
        name=declaration.name.text(language()),
        step=place_name(declaration, item.step),
        holder=item.officer.name if item.officer else _("Chưa giao"),
        promised=day(dossier.promised_at),
        chip=of_work(item, visit.at, due=getattr(item, "due", None), paused=dossier.paused_since),
    )
