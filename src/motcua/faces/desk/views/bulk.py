"""Làm hàng loạt: the same thing with many pieces of work, and what became of each of them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.bulk.asking import MOST, Piece, ask, one_of, rows_of, undoable
from motcua.core.bulk.models import Bulk, BulkRow
from motcua.core.dossiers.assigning import assigning_move
from motcua.core.dossiers.models import WorkItem
from motcua.core.procedures.queries import declared
from motcua.core.staff.heads import today
from motcua.core.staff.people import Person, people
from motcua.core.staff.reassigning import ReassignmentUnexplained
from motcua.core.staff.undoing import UNTIL
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.narrowing import PAGE_KEY, filter_in, order_in
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page
from motcua.faces.desk.queueing import back_to, queue_in, whose_in
from motcua.faces.desk.reading.chosen import all_of, all_of_list, chosen, mark_of
from motcua.faces.desk.words import language, move_name
from motcua.faces.ui import reads
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Kind

_SAME = frozenset({Kind.FORWARD, Kind.BACK})
"""Moves that many dossiers can make with the same words; all else is decided one by one."""


class OfficerMissing(Refused):
    """Work is given to nobody in particular and nobody said so."""

    code = "desk.officer_missing"
    vi = "Chọn người nhận việc."
    en = "Choose who gets the work."


class MoveMissing(Refused):
    """No move was chosen."""

    code = "desk.move_missing"
    vi = "Chọn bước chuyển."
    en = "Choose the move."


@dataclass(frozen=True, slots=True)
class SameMove:
    """A move that some of the chosen work can make."""

    key: str
    name: str
    count: int


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def bulk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask what is to be done with the work that was chosen, or do it."""
    sent = request.POST if request.method == "POST" else request.GET
    what = _WHATS.get(sent.get("lam", ""))
    if what is None:
        raise Http404
    try:
        found = _chosen(visit, sent)
        if request.method == "POST":
            return _do(visit, what, found, request.POST)
    except Refused as refusal:
        return _form(request, visit, what, [], refusal)
    return _form(request, visit, what, found)


_WHATS = {"giao": Bulk.What.ASSIGN, "chuyen": Bulk.What.MOVE, "phieu": Bulk.What.SLIP}


def _chosen(visit: Visit, sent: QueryDict) -> list[WorkItem]:
    if sent.get("tat-ca") and sent.get("trang") == PAGE_KEY:
        wanted, order = filter_in(sent, visit.at), order_in(sent)
        return all_of_list(visit.actor, wanted, order, language())
    if sent.get("tat-ca"):
        queue = queue_in(sent, whose_in(sent))
        return all_of(visit.actor, visit.at, queue)
    return chosen(visit.actor, sent.getlist("chon"))


def _do(visit: Visit, what: Bulk.What, found: Sequence[WorkItem], sent: QueryDict) -> HttpResponse:
    done = ask(
        actor=visit.actor,
        at=visit.at,
        what=what,
        order=_order(what, sent),
        pieces=[Piece(item.dossier_id, item.leg) for item in found],
        key=sent.get("key", ""),
    )
    return redirect("desk:bulk_result", done.code)


def _order(what: Bulk.What, sent: QueryDict) -> dict[str, object]:
    reason = sent.get("reason", "").strip()
    if what == Bulk.What.ASSIGN:
        if not sent.get("officer"):
            raise OfficerMissing
        if not reason:
            raise ReassignmentUnexplained
        return {"officer": number(sent, "officer"), "reason": reason}
    if what == Bulk.What.MOVE:
        if not sent.get("move"):
            raise MoveMissing
        return {"move": sent["move"][:60], "reason": reason}
    return {}


def _form(
    request: HttpRequest,
    visit: Visit,
    what: Bulk.What,
    found: list[WorkItem],
    refusal: Refused | None = None,
) -> HttpResponse:
    sent = request.POST  # empty where the form is shown first
    if sent:
        found = chosen(visit.actor, sent.getlist("chon")[:MOST])
    reads.listed(request, visit.actor, visit.at, "work", [item.dossier_id for item in found])
    context = {
        "what": what.value,
        "lam": next(key for key, one in _WHATS.items() if one == what),
        "heading": _headings()[what],
        "marks": [mark_of(item) for item in found],
        "count": len(found),
        "people": _people(visit, found) if what == Bulk.What.ASSIGN else [],
        "moves": _moves(found) if what == Bulk.What.MOVE else [],
        "sent": sent,
        "back": back_to(request),
        "key": sent.get("key") or str(uuid.uuid4()),
        "wrong": refusal.text(language()) if refusal else "",
    }
    return page(request, "bulk.html", context, status=422 if refusal else 200)


def _headings() -> dict[Bulk.What, str]:
    return {
        Bulk.What.ASSIGN: _("Giao việc"),
        Bulk.What.MOVE: _("Chuyển bước"),
        Bulk.What.SLIP: _("Lập phiếu kiểm soát"),
        Bulk.What.UNDO: _("Hoàn tác giao việc"),
    }


def _people(visit: Visit, found: Sequence[WorkItem]) -> list[Person]:
    """Give who can take some of the work, those who can take most of it first."""
    places = Counter((item.agency_id, _post_for(item)) for item in found)
    named: dict[int, Person] = {}
    for (agency_id, post), _count in places.most_common():
        on = today(agency_id, visit.at)
        for one in people(visit.actor, visit.at, agency_id=agency_id, post=post, on=on):
            named.setdefault(one.id, one)
    return list(named.values())


def _post_for(item: WorkItem) -> str:
    """Give the post that gets the work: its own, or that of the step to which a head passes it."""
    flow = declared(item.dossier.version_id).flow
    by = assigning_move(flow, item.step) if item.leg is None else None
    return flow.step[by.target].post if by is not None and by.target else item.post


def _moves(found: Sequence[WorkItem]) -> list[SameMove]:
    """Give the moves of the steps where the work is, those of most of it first."""
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for item in (one for one in found if one.leg is None):
        declaration = declared(item.dossier.version_id)
        for move in declaration.flow.moves:
            if move.kind in _SAME and item.step in move.sources:
                counts[move.key] += 1
                names.setdefault(move.key, move_name(declaration, move.key))
    return [SameMove(key, names[key], count) for key, count in counts.most_common()]


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def bulk_result(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show how far an order is and what became of each row, or take its assignments back."""
    found = one_of(visit.actor, code)
    if request.method == "POST":
        undone = ask(
            actor=visit.actor,
            at=visit.at,
            what=Bulk.What.UNDO,
            order={"of": found.code},
            pieces=undoable(found),
            key=f"undo-{found.code}",
        )
        return redirect("desk:bulk_result", undone.code)
    rows = rows_of(visit.actor, found)
    reads.listed(request, visit.actor, visit.at, "work", [row.dossier_id for row in rows])
    counts = Counter(row.state for row in rows)
    context = {
        "bulk": found,
        "heading": _headings()[Bulk.What(found.what)],
        "rows": [_row(row) for row in rows],
        "done": counts[BulkRow.State.DONE],
        "refused": counts[BulkRow.State.REFUSED],
        "waiting": counts[BulkRow.State.WAITING],
        "total": len(rows),
        "may_undo": bool(undoable(found)) and visit.at - found.asked_at < UNTIL,
        "back": back_to(request),
    }
    shown = page(request, "bulk_result.html", context)
    if counts[BulkRow.State.WAITING]:
        shown["Refresh"] = "3"
    return shown


def _row(row: BulkRow) -> dict[str, object]:
    return {
        "code": row.dossier.code or row.dossier.lookup,
        "procedure": declared(row.dossier.version_id).short.text(language()),
        "state": row.state,
        "said": row.said_en if language() == "en" else row.said_vi,
    }
