"""Hồ sơ: the dossiers an officer may read, narrowed by what stands in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import Node, agency, tree
from motcua.core.desks.saved import filters_for
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.queries import Filter, Listed
from motcua.core.dossiers.sorting import SORTED_AT_MOST, Order, is_sorted, page_in_order
from motcua.core.exports.listed import AT_ONCE
from motcua.core.procedures.queries import declared, published
from motcua.faces.desk.columns import Head, heads
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.filters import address_of_saved, first_of, shown
from motcua.faces.desk.narrowing import (
    ORDERS,
    PAGE_KEY,
    address_of_list,
    filter_in,
    order_in,
    order_names,
    said_of_list,
    word_of,
    words_in,
)
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.queueing import remember
from motcua.faces.desk.reading.scanned import dossier_in
from motcua.faces.desk.reading.work import PAGE
from motcua.faces.desk.shown.deadlines import Chip, of_dossier
from motcua.faces.desk.words import day, language
from motcua.faces.ui import reads
from motcua.faces.ui.states import STATES, state_words
from motcua.kernel.vietnamese import sort_key


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; `mark` names its work where many are chosen, empty where it has none."""

    mark: str
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
    words = words_in(request.GET)
    if words and set(request.GET) <= {"q"} and (code := dossier_in(visit.actor, words)):
        return redirect("desk:dossier", code)
    saved = filters_for(visit.actor, PAGE_KEY)
    if not request.GET and (first := first_of(visit, saved)) is not None:
        return redirect(address_of_saved(visit, first))
    wanted, order = filter_in(request.GET, visit.at), order_in(request.GET)
    found = _page(visit, wanted, order, page_number(request))
    reads.listed(request, visit.actor, visit.at, "dossiers", [row.pk for row in found.rows])
    if not words:
        remember(request, address_of_list(wanted, order))
    context = {
        "rows": [_row(visit, row) for row in found.rows],
        "listed": found,
        "wanted": wanted,
        "late": wanted.late_at is not None,
        "owed": wanted.apology_by is not None,
        "at_once": found.total <= AT_ONCE and not found.more,
        "narrowed_to": said_of_list(wanted),
        "states": list(STATES.items())[1:],
        "procedures": [
            (one.declaration.code, one.declaration.short.text(language())) for one in published()
        ],
        "agencies": agencies_near(visit.actor, wanted.agency_id),
        "at": visit.at,
        "sorts": order_names(),
        "sort": word_of(order),
        "columns": _heads(wanted, order),
        "unsorted": order and not is_sorted(order, found.total, more=found.more),
        "sorted_at_most": SORTED_AT_MOST,
        "page_key": PAGE_KEY,
        "query": address_of_list(wanted, order, words=False).partition("?")[2],
        "narrowed": parse_qsl(address_of_list(wanted, order).partition("?")[2]),
        # Counted on a page of their own: a queue counts its filters in one statement, a list each.
        "saved": [shown(visit, one, address_of_saved(visit, one), None) for one in saved],
    }
    return page(request, "list.html", context)


def _heads(wanted: Filter, order: Order) -> list[Head]:
    columns = [
        (_("Thời hạn"), ""),
        (_("Mã hồ sơ"), "ma"),
        (_("Người nộp"), "ten"),
        (_("Tên thủ tục"), "thu-tuc"),
        (_("Tình trạng"), None),
        (_("Cơ quan giữ"), None),
        (_("Hẹn trả"), "hen-tra"),
    ]
    return heads(columns, word_of(order), lambda by: address_of_list(wanted, ORDERS[by]))


def _page(visit: Visit, wanted: Filter, order: Order, asked: int) -> Listed:
    found = page_in_order(visit.actor, wanted, order, language(), page=asked, size=PAGE)
    if found.page > found.pages:  # the list has grown shorter since its link was drawn
        last = found.pages
        found = page_in_order(visit.actor, wanted, order, language(), page=last, size=PAGE)
    return found


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
    code = row.code or row.lookup
    return Row(
        mark="" if row.closed else code,
        code=code,
        applicant=name_in_list(visit.actor, row) or "–",
        procedure=declaration.short.text(language()),
        name=declaration.name.text(language()),
        state=state_words(row.state),
        holder=agency(row.holding_agency_id).short(language()),
        promised=day(row.promised_at),
        chip=of_dossier(row, visit.at),
    )
