"""The page of one dossier: what it is, where it stands, what can be done with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency
from motcua.core.complaints.queries import post_for
from motcua.core.documents.queries import papers_of
from motcua.core.dossiers.applicants import others_of
from motcua.core.dossiers.beside import beside
from motcua.core.dossiers.clearance import is_clear
from motcua.core.dossiers.grading import grades
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.queries import choices, declaration_of, find_one
from motcua.core.dossiers.rules import holds
from motcua.core.dossiers.situation import RESTRICTED, Snapshot
from motcua.core.dossiers.ties import hanging_on, hangs_on
from motcua.core.migrating.acts import charts_for
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.core.ratings.queries import asks
from motcua.core.talks.actions import seen
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.reading import history
from motcua.faces.desk.reading.present import present_names
from motcua.faces.desk.shown import entries, facts, legs, papers, steps
from motcua.faces.desk.shown.deadlines import of_dossier, of_work
from motcua.faces.desk.shown.due import due_explained
from motcua.faces.desk.shown.moves import moves_of
from motcua.faces.desk.shown.talk import lines_of
from motcua.faces.desk.words import holder_name, language, place_name
from motcua.faces.ui import complaints, reads
from motcua.faces.ui.sending import WITH_FRAMES
from motcua.faces.ui.states import state_words

_LATEST = 3


@require_safe
@desk
def dossier(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show a dossier that the officer may read."""
    snapshot = find_one(visit.actor, code)
    reads.opened(request, visit.actor, visit.at, snapshot, "dossier")
    seen(visit.actor, snapshot.id, visit.at)
    declaration = declaration_of(snapshot)
    context = {
        "code": shown_code(snapshot),
        "lookup": snapshot.lookup,
        "short": declaration.short.text(language()),
        "step": place_name(declaration, snapshot.now.marking.at),
        "chip": of_dossier(snapshot, visit.at),
        "about": facts.about(snapshot, declaration),
        "why_due": due_explained(snapshot, declaration),
        "moves": moves_of(declaration, snapshot, choices(visit.actor, snapshot, visit.at)),
        "holds_it": snapshot.main is not None and holds(visit.actor, snapshot.main),
        "is_closed": snapshot.now.closed,
        "restricted": snapshot.grade == RESTRICTED,
        "grades_it": grades(visit.actor, snapshot),
        "newer_versions": bool(charts_for(visit.actor, snapshot)),
        "may_ask": asks(visit.actor, snapshot),
        "at": visit.at,
        **_said(visit, snapshot),
        "present": present_names(visit.actor, snapshot, visit.at),
        "previews": is_clear(visit.actor, snapshot),
        **_others(request, visit, snapshot),
        **_hung_on(visit, snapshot, declaration),
    }
    answer = page(request, "dossier.html", context)
    answer["Content-Security-Policy"] = WITH_FRAMES  # its own files are looked at in place
    return answer


def _said(visit: Visit, snapshot: Snapshot) -> dict[str, object]:
    """Give the latest of the conversation, and how much there is of it."""
    lines = lines_of(visit.actor, snapshot)
    return {"lines": lines[:_LATEST], "said": len(lines)}


def _others(request: HttpRequest, visit: Visit, snapshot: Snapshot) -> dict[str, object]:
    """Give the other dossiers of the applicant; that they were shown is written down."""
    row = history.row_of(visit.actor, snapshot)
    if row.applicant is None or not is_clear(visit.actor, snapshot):
        return {}
    found = others_of(visit.actor, snapshot.id, row.applicant)
    if found:
        reads.listed(request, visit.actor, visit.at, "related", [one.pk for one in found])
    return {"others": [_other(one) for one in found]}


def _other(row: Dossier) -> tuple[str, str, str]:
    short = declared(row.version_id).short.text(language())
    return row.code or row.lookup, short, state_words(row.state)


def _hung_on(visit: Visit, snapshot: Snapshot, declaration: Declaration) -> dict[str, object]:
    """Give everything that is read beside the dossier itself."""
    actor = visit.actor
    row = history.row_of(actor, snapshot)
    view = facts.View(actor, shown_code(snapshot), is_clear(actor, snapshot))
    work = history.work(actor, snapshot)
    told = history.entries(actor, snapshot)
    remarks = history.remarks(actor, snapshot)
    kept = list(beside(declaration.code, actor, snapshot, visit.at, language()))
    main = next((item for item in work if item.leg is None and item.ended_at is None), None)
    return {
        "applicant": facts.name_of(row.applicant, clearance=view.clearance),
        "applicant_facts": facts.of_applicant(view, row.applicant),
        "form_facts": facts.of_form(view, declaration, row),
        "evidence": papers.handed_in(
            declaration, history.evidence(actor, snapshot), named=view.clearance
        ),
        "papers": papers.sent_out(declaration, papers_of(actor, snapshot), told),
        "steps": steps.steps_bar(declaration, snapshot, work),
        **_tied(actor, snapshot, declaration),
        "legs": legs.shown_legs(declaration, work, told, remarks, visit.at),
        "beside": kept,
        "entries": entries.with_others(
            entries.shown_entries(told, remarks),
            told,
            [happened for one in kept for happened in one.happened],
        ),
        "holder": _holder(declaration, main),
        "step_chip": of_work(main, visit.at, due=main.due_at, paused=snapshot.now.paused_since)
        if main
        else None,
    }


def _tied(actor: Actor, snapshot: Snapshot, declaration: Declaration) -> dict[str, object]:
    """Give what hangs on the dossier, on what it hangs itself, and whether one complains here."""
    row = hangs_on(actor, snapshot)
    counter = snapshot.applicant_id is not None and post_for(actor, snapshot) is not None
    return {
        "hung": complaints.hung(hanging_on(actor, snapshot), language()),
        "whole": next(iter(complaints.hung([row] if row else [], language())), None),
        "writes_complaints": counter and not declaration.complaint,
    }


def _holder(declaration: Declaration, main: WorkItem | None) -> str:
    if main is None:
        return ""
    name = main.officer.name if main.officer else None
    return holder_name(declaration, agency(main.agency_id), main.post, name)
