"""Hồ sơ: the dossiers an officer may read, narrowed by what stands in the address."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import Node, agency, tree
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.queries import Filter, apologies_until, dossiers
from motcua.core.exports.listed import AT_ONCE
from motcua.core.procedures.queries import declared, published
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.reading.scanned import dossier_in
from motcua.faces.desk.reading.work import PAGE
from motcua.faces.desk.shown.deadlines import Chip, of_dossier
from motcua.faces.desk.words import day, language
from motcua.faces.ui import reads
from motcua.faces.ui.states import STATES, state_words
from motcua.kernel.vietnamese import sort_key

MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list."""

    code: str
    applicant: str
    procedure: str
    name: str
    state: str
    holder: str
    promised: str
    chip: Chip


@require_safe
@desk
def listing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of the list; a code or a look-up number alone leads straight to its dossier."""
    words = _words(request)
    if words and set(request.GET) <= {"q"} and (code := dossier_in(visit.actor, words)):
        return redirect("desk:dossier", code)
    wanted = filter_of(request, visit.at)
    found = dossiers(visit.actor, wanted, page=page_number(request), size=PAGE)
    if found.page > found.pages:  # the list has grown shorter since its link was drawn
        found = dossiers(visit.actor, wanted, page=found.pages, size=PAGE)
    reads.listed(request, visit.actor, visit.at, "dossiers", [row.pk for row in found.rows])
    context = {
        "rows": [_row(visit, row) for row in found.rows],
        "listed": found,
        "wanted": wanted,
        "late": wanted.late_at is not None,
        "owed": wanted.apology_by is not None,
        "at_once": found.total <= AT_ONCE and not found.more,
        "is_narrowed": wanted != Filter(),
        "states": list(STATES.items())[1:],
        "procedures": [
            (one.declaration.code, one.declaration.short.text(language())) for one in published()
        ],
        "agencies": agencies_near(visit.actor, wanted.agency_id),
        "at": visit.at,
    }
    return page(request, "list.html", context)


def _words(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[:MAX_WORDS]


def filter_of(request: HttpRequest, at: datetime.datetime) -> Filter:
    """Read the filter that stands in the address; what is no value of it narrows nothing."""
    sent = request.GET
    state = sent.get("tinh-trang", "")
    return Filter(
        state=state if state in STATES else "",
        procedure=sent.get("thu-tuc", "")[:30],
        agency_id=number(sent, "co-quan"),
        open_only="dang-mo" in sent,
        late_at=at if "qua-han" in sent else None,
        apology_by=apologies_until(at) if "can-xin-loi" in sent else None,
        words=_words(request),
    )


def agencies_near(actor: Actor, chosen: int | None) -> list[Node]:
    """Give agencies to choose from: the officer's, those below and above, the one chosen."""
    nodes = tree().nodes
    mine = set(actor.agencies())
    near = {one for held in mine for one in tree().chain(held)}
    below = {key for key in nodes if mine & set(tree().chain(key))}
    named = {chosen} if chosen in nodes else set()
    kept = [nodes[key] for key in near | below | named if key is not None]
    return sorted(kept, key=lambda node: sort_key(node.name_vi))


def _row(visit: Visit, row: Line) -> Row:
    declaration = declared(row.version_id)
    return Row(
        code=row.code or row.lookup,
        applicant=name_in_list(visit.actor, row) or "–",
        procedure=declaration.short.text(language()),
        name=declaration.name.text(language()),
        state=state_words(row.state),
        holder=agency(row.holding_agency_id).short(language()),
        promised=day(row.promised_at),
        chip=of_dossier(row, visit.at),
    )
