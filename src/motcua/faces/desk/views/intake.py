"""Tiếp nhận: taking a dossier in over the counter in one act, and those filed online."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import Node, competences
from motcua.core.documents.queries import papers_of
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.filing import NotReceivedThere, NotThisWay, NotYourCounter, file
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Filing
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import current, declared
from motcua.faces.desk.boxes import faults, sheets_of, sheets_with_errors
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import HandedIn, filing_problems, handed_in, number
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.reading.history import entries
from motcua.faces.desk.reading.intake import counters, offered, waiting
from motcua.faces.desk.shown.moves import GRAVE
from motcua.faces.desk.shown.papers import sent_out
from motcua.faces.desk.words import language, moment, move_name, promise
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.forms import (
    applicant_boxes,
    field_boxes,
    read_applicant,
    read_fields,
    with_errors,
)
from motcua.faces.ui.states import state_words
from motcua.kernel.errors import Invalid, Refused

CHANNEL = "counter"
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
    rows, total = waiting(visit.actor)
    reads.listed(request, visit.actor, visit.at, "reception", [row.pk for row in rows])
    context = {
        "procedures": offered(visit.actor, visit.on, words),
        "words": words,
        "queue": [_waiting(visit.actor, row) for row in rows],
        "waiting": total,
    }
    return page(request, "intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def take_in(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show the form of a procedure, or take the dossier in."""
    declaration = current(procedure).declaration
    agencies = counters(visit.actor, declaration, competences(visit.on))
    if not agencies:
        raise _closed(declaration)
    if request.method != "POST":
        sent = QueryDict(mutable=True)
        sent["key"] = str(uuid.uuid4())
        return _form(request, declaration, agencies, sent)
    return _take_in(request, visit, declaration, agencies)


@require_safe
@desk
def taken(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Confirm what was taken in: its code, when it is due, and the receipt to print."""
    snapshot = find_one(visit.actor, code)
    reads.opened(request, visit.actor, visit.at, snapshot, "taken_in")
    declaration = declaration_of(snapshot)
    papers = sent_out(declaration, papers_of(visit.actor, snapshot), entries(visit.actor, snapshot))
    context = {
        "code": shown_code(snapshot),
        "lookup": snapshot.lookup,
        "procedure": declaration.name.text(language()),
        "due": promise(snapshot.now.due_at),
        "promised": snapshot.now.promised_at and promise(snapshot.now.promised_at),
        "papers": papers,
        "again": declaration.code,
    }
    return page(request, "taken.html", context)


def _take_in(
    request: HttpRequest, visit: Visit, declaration: Declaration, agencies: tuple[Node, ...]
) -> HttpResponse:
    sent = request.POST
    papers = handed_in(request, declaration)
    filing = Filing(
        procedure=declaration.code,
        agency_id=number(sent, "counter") or agencies[0].id,
        applicant=read_applicant(sent),
        fields=read_fields(declaration, sent),
        evidence=papers.papers,
        channel=CHANNEL,
    )
    if papers.problems:
        found = filing_problems(declaration, filing, on=localtime(visit.at).date())
        return _form(request, declaration, agencies, sent, papers, found | papers.problems)
    try:
        done = file(
            actor=visit.actor, at=visit.at, filing=filing, key=sent.get("key", ""), take_in=True
        )
    except Invalid as invalid:
        return _form(request, declaration, agencies, sent, papers, invalid.problems)
    return redirect("desk:taken", done.code or done.lookup)


def _form(
    request: HttpRequest,
    declaration: Declaration,
    agencies: tuple[Node, ...],
    sent: QueryDict,
    papers: HandedIn | None = None,
    problems: Mapping[str, Refused] | None = None,
) -> HttpResponse:
    wrong, spoken = problems or {}, language()
    applicant = with_errors(applicant_boxes(sent), wrong, spoken)
    fields = with_errors(field_boxes(declaration, sent, spoken), wrong, spoken)
    sheets = sheets_with_errors(sheets_of(declaration.evidence, sent, papers), wrong)
    drawn = [*applicant, *fields, *(row.box for row in sheets)]
    context = {
        "declaration": declaration,
        "name": declaration.name.text(spoken),
        "counter": _counter(agencies, sent),
        "applicant": applicant,
        "fields": fields,
        "sheets": sheets,
        "sent": sent,
        "errors": faults(drawn, wrong, declaration),
    }
    return page(request, "take_in.html", context, status=422 if wrong else 200)


def _counter(agencies: tuple[Node, ...], sent: QueryDict) -> Box | None:
    """Ask at which counter only where the officer sits at several."""
    if len(agencies) == 1:
        return None
    choices = tuple((str(one.id), one.name(language())) for one in agencies)
    box = Box(name="counter", label=_("Tiếp nhận tại"), kind="radio", choices=choices)
    return replace(box, value=sent.get("counter", choices[0][0]), required=True)


def _closed(declaration: Declaration) -> Refused:
    if CHANNEL not in declaration.channels:
        return NotThisWay(channel=CHANNEL)
    name = declaration.short.text(language())
    return NotYourCounter(agency=name) if not declaration.tiers else NotReceivedThere(agency=name)


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
