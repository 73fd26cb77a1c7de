"""Tiếp nhận: taking a dossier in over the counter in one act, and those filed online."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from motcua.core.access.actors import Actor
from motcua.core.documents.queries import papers_of
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.procedures.queries import declared
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.reading.history import entries
from motcua.faces.desk.reading.intake import offered, waiting
from motcua.faces.desk.reading.scanned import dossier_in
from motcua.faces.desk.shown.charges import charges
from motcua.faces.desk.shown.moves import GRAVE
from motcua.faces.desk.shown.papers import sent_out
from motcua.faces.desk.words import language, moment, move_name, promise
from motcua.faces.ui import reads
from motcua.faces.ui.states import state_words

MAX_WORDS = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier filed online and the moves by which the counter answers it.

    A move is its key, its name, and whether it is grave.
    """

    code: str
    applicant: str
    procedure: str
    state: str
    filed: str
    moves: list[tuple[str, str, bool]]


@require_safe
@desk
def intake(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what can be taken in here, and the queue of dossiers filed online."""
    words = request.GET.get("q", "").strip()[:MAX_WORDS]
    scanned = dossier_in(visit.actor, words) if words else ""
    if scanned:
        return redirect("desk:dossier", scanned)
    procedures = offered(visit.actor, visit.on, words)
    if words and len(procedures) == 1:
        return redirect("desk:take_in", procedures[0].declaration.code)
    rows, total = waiting(visit.actor)
    reads.listed(request, visit.actor, visit.at, "reception", [row.pk for row in rows])
    context = {
        "procedures": procedures,
        "words": words,
        "queue": [_waiting(visit.actor, row) for row in rows],
        "waiting": total,
    }
    return page(request, "intake.html", context)


@require_safe
@desk
def taken(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Confirm what was taken in: its code, when it is due, and the receipt to print."""
    snapshot = find_one(visit.actor, code)
    reads.opened(request, visit.actor, visit.at, snapshot, "taken_in")
    declaration = declaration_of(snapshot)
    papers = sent_out(declaration, papers_of(visit.actor, snapshot), entries(visit.actor, snapshot))
    receipt = papers[-1] if papers else None  # the first paper of every dossier
    context = {
        "receipt": receipt,
        "waits": receipt is not None and not receipt.is_made,
        "owed": charges(declaration),
        "code": shown_code(snapshot),
        "lookup": snapshot.lookup,
        "procedure": declaration.name.text(language()),
        "due": promise(snapshot.now.due_at),
        "promised": snapshot.now.promised_at and promise(snapshot.now.promised_at),
        "papers": papers,
        "again": declaration.code,
    }
    answer = page(request, "taken.html", context)
    if context["waits"]:
        answer["Refresh"] = "3"  # seconds; the worker makes a receipt within them
    return answer


def _waiting(actor: Actor, row: Dossier) -> Waiting:
    declaration = declared(row.version_id)
    moves = [
        one
        for one in declaration.flow.moves
        if row.step in one.sources and ("holder" in one.by) and row.state == "submitted"
    ]
    return Waiting(
        code=row.code or row.lookup,
        applicant=name_in_list(actor, row) or "–",
        procedure=declaration.short.text(language()),
        state=state_words(row.state),
        filed=moment(row.filed_at),
        moves=[(one.key, move_name(declaration, one.key), one.kind in GRAVE) for one in moves],
    )
