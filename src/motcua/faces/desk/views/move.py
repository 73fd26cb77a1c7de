"""The form of a move, made from the move itself, and the act that follows from it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.dossiers.moving import move as make_move
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.queries import choices, declaration_of, find_one
from motcua.core.dossiers.rules import NotYours
from motcua.core.dossiers.signing import needs_proof
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.asking import asked_by
from motcua.faces.desk.boxes import faults, move_form, with_problems
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import HandedIn, handed_in, number, order_of, problems_of
from motcua.faces.desk.pages import page, refused, shown_code
from motcua.faces.desk.reading.work import next_item
from motcua.faces.desk.shown.deadlines import of_dossier
from motcua.faces.desk.shown.moves import GRAVE
from motcua.faces.desk.words import language, leg_name, move_name, place_name
from motcua.faces.ui import signed
from motcua.faces.ui.views import code_box
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.flow.engine import Order, UnknownMove, refusal

_NO_REVISION = 0  # no dossier has it: a form that states none counts as stale


@dataclass(frozen=True, slots=True)
class _Case:
    """A move about to be made: by whom, of which dossier."""

    visit: Visit
    snapshot: Snapshot
    declaration: Declaration
    move: Move


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def move(request: HttpRequest, visit: Visit, code: str, key: str) -> HttpResponse:
    """Show the form of a move, or make the move."""
    snapshot = find_one(visit.actor, code)
    declaration = declaration_of(snapshot)
    chosen = declaration.flow.move.get(key)
    if chosen is None and request.method != "POST":
        raise Http404
    if chosen is None:
        return refused(request, UnknownMove(move=key), snapshot, declaration)
    case = _Case(visit, snapshot, declaration, chosen)
    return _act(request, case) if request.method == "POST" else _show(request, case)


def _show(request: HttpRequest, case: _Case) -> HttpResponse:
    leg = number(request.GET, "leg")
    why_not = _why_not(case, leg)
    if why_not is not None:
        return refused(request, why_not, case.snapshot, case.declaration)
    sent = QueryDict(mutable=True)
    sent["leg"] = request.GET.get("leg", "")
    sent["revision"] = str(case.snapshot.revision)
    sent["key"] = str(uuid.uuid4())
    return _form(request, case, sent, None, {})


def _why_not(case: _Case, leg: int | None) -> Refused | None:
    """Tell why the move cannot be made by this officer now; None where it can."""
    for choice in choices(case.visit.actor, case.snapshot, case.visit.at):
        if choice.move.key == case.move.key and (leg is None or choice.leg == leg):
            return choice.why_not
    structural = refusal(case.declaration.flow, case.snapshot.now.marking, Order(case.move.key))
    holder = place_name(case.declaration, case.snapshot.now.marking.at)
    return structural or NotYours(holder=holder)


def _act(request: HttpRequest, case: _Case) -> HttpResponse:
    sent = request.POST
    papers = handed_in(request, case.declaration) if case.move.kind is Kind.ANSWER else None
    revision = number(sent, "revision")
    try:
        case = _proven(request, case)
        done = make_move(
            actor=case.visit.actor,
            at=case.visit.at,
            dossier_id=case.snapshot.id,
            order=order_of(sent, case.move, papers),
            key=sent.get("key", ""),
            revision=_NO_REVISION if revision is None else revision,
        )
    except Refused as refusal_:
        problems = problems_of(refusal_)
        if problems is None:
            return refused(request, refusal_, case.snapshot, case.declaration)
        return _form(request, case, sent, papers, problems)
    messages.success(request, _told(case, done))
    return redirect("desk:dossier", done.code or done.lookup)


def _proven(request: HttpRequest, case: _Case) -> _Case:
    """Take the code that the form of a move that signs asks for, where no proof is fresh."""
    if not _asks_for_proof(case, request.POST):
        return case
    try:
        signed.prove(request, request.POST.get("proof", ""), at=case.visit.at)
    except Refused as refusal_:
        raise Invalid({"proof": refusal_}) from refusal_
    visit = replace(case.visit, actor=replace(case.visit.actor, proven=True))
    return replace(case, visit=visit)


def _asks_for_proof(case: _Case, sent: QueryDict) -> bool:
    leg = number(sent, "leg")
    return needs_proof(case.visit.actor, case.move, case.snapshot, case.declaration, leg)


def _form(
    request: HttpRequest,
    case: _Case,
    sent: QueryDict,
    papers: HandedIn | None,
    problems: dict[str, Refused],
) -> HttpResponse:
    visit, snapshot, declaration = case.visit, case.snapshot, case.declaration
    asked = asked_by(case.move, visit.actor, snapshot, declaration, visit.at)
    form = with_problems(move_form(asked, sent, papers), problems, declaration)
    proof = code_box(problems.get("proof"), name="proof")
    item = snapshot.leg(number(sent, "leg"))
    context = {
        "code": shown_code(snapshot),
        "short": declaration.short.text(language()),
        "move": move_name(declaration, case.move.key),
        "leg_name": leg_name(declaration, item.step) if item else "",
        "target": place_name(declaration, case.move.target) if case.move.target else "",
        "is_end": case.move.target in declaration.flow.end,
        "grave": case.move.kind in GRAVE,
        "chip": of_dossier(snapshot, visit.at),
        "form": form,
        "sent": sent,
        "proof": proof,
        "asks_for_proof": _asks_for_proof(case, sent),
        "has_files": bool(form.sheets),
        "errors": faults([*form.boxes, proof], problems, declaration),
    }
    return page(request, "move.html", context, status=422 if problems else 200)


def _told(case: _Case, done: Done) -> SafeString:
    """Name what happened and lead to the next piece of work."""
    what = _("Đã thực hiện “%(move)s” với hồ sơ %(code)s.") % {
        "move": move_name(case.declaration, case.move.key),
        "code": done.code or done.lookup,
    }
    following = next_item(case.visit.actor, after=done.dossier_id)
    if following is None:
        rest = format_html('<a href="{}">{}</a>', reverse("desk:work"), _("Việc của tôi"))
        return format_html("{} {} {}", what, _("Không còn việc nào khác đang chờ bạn."), rest)
    code = following.dossier.code or following.dossier.lookup
    link = format_html('<a href="{}">{}</a>', reverse("desk:dossier", args=[code]), code)
    return format_html("{} {} {}", what, _("Việc tiếp theo:"), link)
