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

from motcua.core.dossiers.assigning import assigns
from motcua.core.dossiers.elsewhere import elsewhere
from motcua.core.dossiers.handing import at_counter
from motcua.core.dossiers.moving import move as make_move
from motcua.core.dossiers.orders import Done, MoveOrder
from motcua.core.dossiers.queries import choices, declaration_of, find_one
from motcua.core.dossiers.rules import NotYours, Stale
from motcua.core.dossiers.signing import needs_proof
from motcua.core.dossiers.situation import Snapshot
from motcua.core.ledger.append import StreamMoved
from motcua.core.people.models import Officer
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk import unsent
from motcua.faces.desk.acting import NO_REVISION
from motcua.faces.desk.asking import asked_by
from motcua.faces.desk.boxes import faults, move_form, with_problems
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.handing import handing_boxes, read_handing, with_receiver
from motcua.faces.desk.ordering import HandedIn, handed_in, number, order_of, problems_of
from motcua.faces.desk.pages import HTTP_CONFLICT, offer_undo, page, refused, shown_code
from motcua.faces.desk.proving import proven
from motcua.faces.desk.reading.work import next_item
from motcua.faces.desk.shown.changed import changed_since, typed
from motcua.faces.desk.shown.deadlines import of_dossier
from motcua.faces.desk.shown.moves import GRAVE
from motcua.faces.desk.words import language, leg_name, move_name, place_name, said
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.forms import shown_revision
from motcua.faces.ui.views import code_box
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.flow.engine import Order, UnknownMove, refusal

_NOT_KEPT = frozenset({"csrfmiddlewaretoken", "proof", "revision", "seen", "key", "again"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A move about to be made: by whom, of which dossier."""

    visit: Visit
    snapshot: Snapshot
    declaration: Declaration
    move: Move

    @property
    def hands_over(self) -> bool:
        """Whether the result goes out over a counter by this move."""
        main = self.snapshot.main
        return main is not None and at_counter(self.move, self.declaration, main.post)

    def unsent(self, leg: int | None) -> str:
        """Name the form under which a draft of it is kept."""
        return unsent.of_move(self.snapshot, self.move.key, leg)


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
    there = elsewhere(case.declaration.code, case.move.key)
    if there is not None:
        return redirect(there.page, case.snapshot.now.code or case.snapshot.lookup)
    sent = QueryDict(mutable=True)
    sent["leg"] = request.GET.get("leg", "")
    unsent.fill(request, case.visit, case.unsent(leg), sent)
    _as_it_stands(case, sent)
    return _form(request, case, sent, None, {})


def _as_it_stands(case: _Case, sent: QueryDict) -> None:
    """Tell the form which dossier it shows: a later act makes it stale."""
    sent["revision"] = str(case.snapshot.revision)
    sent["seen"] = str(case.snapshot.seq)
    sent["key"] = str(uuid.uuid4())


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
    if "again" in sent:
        return _again(request, case, papers)
    try:
        if _asks_for_proof(case, request.POST):
            case = replace(case, visit=proven(request, case.visit))
        done = make_move(
            actor=case.visit.actor,
            at=case.visit.at,
            dossier_id=case.snapshot.id,
            order=_ordered(request, case, papers),
            key=sent.get("key", ""),
            revision=shown_revision(sent) or NO_REVISION,
        )
    except (Stale, StreamMoved):
        return _conflict(request, case, papers)
    except Refused as refusal_:
        problems = problems_of(refusal_)
        if problems is None:
            return refused(request, refusal_, case.snapshot, case.declaration)
        return _form(request, case, sent, papers, problems)
    form = case.unsent(number(sent, "leg"))
    unsent.was_done(request, case.visit, form, dossier_id=case.snapshot.id)
    messages.success(request, _told(case, done))
    if assigns(case.declaration.flow, case.move) and not done.repeated:
        offer_undo(request, done, None, _name_of(number(sent, "officer")))
    return redirect("desk:dossier", done.code or done.lookup)


def _ordered(request: HttpRequest, case: _Case, papers: HandedIn | None) -> MoveOrder:
    """Read the order; where the result goes out, with who takes it and their signature."""
    order = order_of(request.POST, case.move, papers)
    if not case.hands_over:
        return order
    return with_receiver(order, read_handing(request))


def _again(request: HttpRequest, case: _Case, papers: HandedIn | None) -> HttpResponse:
    """Show the form once more with all that was typed, on the dossier as it stands now."""
    sent = request.POST.copy()
    _as_it_stands(case, sent)
    return _form(request, case, sent, papers, {})


def _conflict(request: HttpRequest, case: _Case, papers: HandedIn | None) -> HttpResponse:
    """Show what another officer changed beside what was typed; neither is lost."""
    sent, visit = request.POST, case.visit
    case = replace(case, snapshot=find_one(visit.actor, case.snapshot.lookup))
    snapshot, declaration = case.snapshot, case.declaration
    why_not = _why_not(case, number(sent, "leg"))
    asked = asked_by(case.move, visit.actor, snapshot, declaration, visit.at)
    context = {
        "code": shown_code(snapshot),
        "short": declaration.short.text(language()),
        "move": move_name(declaration, case.move.key),
        "chip": of_dossier(snapshot, visit.at),
        "changed": changed_since(visit.actor, snapshot, declaration, number(sent, "seen") or 0),
        "typed": typed(move_form(asked, sent, papers), sent),
        "why_not": said(why_not, declaration) if why_not else "",
        "hidden": _kept(sent, papers),
    }
    return page(request, "conflict.html", context, status=HTTP_CONFLICT)


def _kept(sent: QueryDict, papers: HandedIn | None) -> list[tuple[str, str]]:
    """Give everything of a form that the next one shows again, files by their references."""
    plain = [
        (name, value)
        for name, values in sent.lists()
        for value in values
        if name not in _NOT_KEPT and not name.startswith("kept.")
    ]
    handed = papers.uploads.handed if papers else {}
    files = [
        (f"kept.evidence.{key}", one.reference)
        for key in handed
        for one in (papers.uploads.kept(key) if papers else ())
    ]
    return [*plain, *files]


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
    handing = _handing(request, case, sent, problems)
    item = snapshot.leg(number(sent, "leg"))
    context = {
        "code": shown_code(snapshot),
        "key": case.move.key,
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
        "handing": handing,
        "unsent": unsent.offered(request, visit, case.unsent(number(sent, "leg"))),
        "has_files": bool(form.sheets or handing),
        "sends_letter": case.move.letter is not None and case.move.kind is not Kind.ANSWER,
        "errors": faults([*form.boxes, *handing, proof], problems, declaration),
    }
    return page(request, "move.html", context, status=422 if problems else 200)


def _handing(
    request: HttpRequest, case: _Case, sent: QueryDict, problems: dict[str, Refused]
) -> list[Box]:
    """Give the boxes about who takes the result, where the move hands it over."""
    if not case.hands_over:
        return []
    handing = read_handing(request) if request.method == "POST" else None
    return handing_boxes(sent, handing, problems)


def _name_of(officer_id: int | None) -> str:
    named = Officer.objects.filter(pk=officer_id or 0).values_list("name", flat=True).first()
    return named or _("vị trí, chưa chỉ định người")


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
