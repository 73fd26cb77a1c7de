"""Phiếu kiểm soát: the hand-overs of a dossier, and the paper of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.bulk.asking import one_of, rows_of
from motcua.core.documents.queries import papers_of
from motcua.core.documents.slip import SLIP, ask_for_slip
from motcua.core.dossiers.clearance import is_clear
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.reading import history
from motcua.faces.desk.shown import facts
from motcua.faces.desk.shown.deadlines import of_dossier
from motcua.faces.desk.shown.papers import sent_out
from motcua.faces.desk.shown.slip import slip_rows
from motcua.faces.desk.words import language, moment, promise
from motcua.faces.ui import reads

_SHEETS = 500
"""Slips on one page: as many as one order takes."""


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def slip(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show the control slip; a POST asks for its paper (asking again gives the same one)."""
    snapshot = find_one(visit.actor, code)
    if request.method == "POST":
        ask_for_slip(actor=visit.actor, at=visit.at, dossier_id=snapshot.id)
        return redirect("desk:slip", shown_code(snapshot))
    reads.opened(request, visit.actor, visit.at, snapshot, "slip")
    return page(request, "slip.html", _slip(visit, snapshot))


@require_safe
@desk
def bulk_print(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show the slips of an order one below the other, each on a sheet of its own."""
    sheets = []
    for row in rows_of(visit.actor, one_of(visit.actor, code))[:_SHEETS]:
        snapshot = find_one(visit.actor, row.dossier.lookup)
        reads.opened(request, visit.actor, visit.at, snapshot, "slip")
        sheets.append(_slip(visit, snapshot))
    return page(request, "slips.html", {"sheets": sheets, "bulk_code": code})


def _slip(visit: Visit, snapshot: Snapshot) -> dict[str, object]:
    declaration = declaration_of(snapshot)
    slips = [one for one in papers_of(visit.actor, snapshot) if one.letter == SLIP]
    row = history.row_of(visit.actor, snapshot)
    told = history.entries(visit.actor, snapshot)
    return {
        "code": shown_code(snapshot),
        "procedure": declaration.name.text(language()),
        "applicant": facts.name_of(row.applicant, clearance=is_clear(visit.actor, snapshot)) or "–",
        "received": moment(snapshot.now.received_at),
        "due": promise(snapshot.now.due_at),
        "chip": of_dossier(snapshot, visit.at),
        "rows": slip_rows(
            declaration,
            history.work(visit.actor, snapshot),
            told,
            visit.at,
            paused=snapshot.now.paused_since,
        ),
        "papers": sent_out(declaration, slips, told),
    }
