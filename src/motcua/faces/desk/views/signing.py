"""Ký nhiều hồ sơ: what waits for an officer's signature, read and signed together."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from motcua.core.access.rows import visible
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import Remark, WorkItem
from motcua.core.dossiers.moving import move as make_move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.queries import Choice, choices, declaration_of, find_one
from motcua.core.dossiers.rules import acting_as, signs
from motcua.core.dossiers.signing import needs_proof
from motcua.core.dossiers.situation import Snapshot
from motcua.core.dossiers.talked import TALK
from motcua.core.procedures.systems import system_of
from motcua.core.staff.work import signing as waiting
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.deadlines import Chip, of_work
from motcua.faces.desk.words import language, move_name, place_name, said
from motcua.faces.ui import reads, signed
from motcua.faces.ui.boxes import Box, faults_of
from motcua.faces.ui.forms import whole_number
from motcua.faces.ui.views import code_box
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Kind

_TOGETHER = 20
"""So many are read and signed on one page."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier that waits for a signature: `move` is the key of what signs, empty where none."""

    id: int
    dossier_id: int
    code: str
    revision: int
    applicant: str
    procedure: str
    step: str
    note: str
    move: str
    move_name: str
    why_not: str
    needs_proof: bool
    chip: Chip


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was ticked, with the move that signs it as the page showed it."""

    id: int
    dossier_id: int
    code: str
    move: str
    needs_proof: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one that was ticked; `why_not` is empty where it was signed."""

    code: str
    why_not: str


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def to_sign(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what waits for the officer's signature, or sign what was ticked, each an act alone."""
    found = waiting(visit.actor, page=page_number(request), size=_TOGETHER)
    rows = [_waiting(visit, item) for item in found.items]
    reads.listed(request, visit.actor, visit.at, "signing", [row.dossier_id for row in rows])
    proof = code_box(name="proof")
    outcomes: list[Outcome] = []
    if request.method == "POST":
        chosen = _chosen(visit, rows, request.POST)
        try:
            visit = _proven(request, visit, chosen)
        except Refused as refusal:
            proof = code_box(refusal, name="proof")
        else:
            outcomes = [_sign(visit, row, request.POST) for row in chosen]
            found = waiting(visit.actor, page=page_number(request), size=_TOGETHER)
            rows = [_waiting(visit, item) for item in found.items]
    return _page(request, visit, rows, proof, {"listed": found, "outcomes": outcomes})


def _page(
    request: HttpRequest,
    visit: Visit,
    rows: list[Waiting],
    proof: Box,
    more: dict[str, object],
) -> HttpResponse:
    errors = faults_of([proof])
    context = {
        **more,
        "rows": rows,
        "at": visit.at,
        "some": any(row.move for row in rows),
        "asks_for_proof": any(row.needs_proof for row in rows),
        "proof": proof,
        "ticked": request.POST.getlist("work") if errors else [],
        "key": str(uuid.uuid4()),
        "errors": errors,
    }
    return page(request, "signing.html", context, status=422 if errors else 200)


def _chosen(visit: Visit, rows: list[Waiting], sent: QueryDict) -> list[Chosen]:
    """Give what was ticked, also what waits no more: a second press of the button sends it again.

    The move that signs comes along with the form, so that the house can tell what became of it.
    """
    here = {str(row.id): row for row in rows}
    found = []
    for told in list(dict.fromkeys(sent.getlist("work")))[:_TOGETHER]:
        row = here.get(told)
        if row is not None:
            found.append(Chosen(row.id, row.dossier_id, row.code, row.move, row.needs_proof))
        elif (item := _signed_before(visit, told)) is not None:
            code = item.dossier.code or item.dossier.lookup
            move = sent.get(f"move-{told}", "")
            found.append(Chosen(item.pk, item.dossier_id, code, move, needs_proof=False))
    return found


def _signed_before(visit: Visit, told: str) -> WorkItem | None:
    number_ = whole_number(told)
    rows = visible(WorkItem.objects.filter(pk=number_ or 0), visit.actor, by="dossier_id")
    return rows.select_related("dossier").first()


def _proven(request: HttpRequest, visit: Visit, chosen: list[Chosen]) -> Visit:
    """Take the code for those that need a fresh proof; raises `Refused` where it is none.

    A code serves once: where a twin of this request was first, its proof serves both.
    """
    if not any(row.needs_proof for row in chosen):
        return visit
    try:
        signed.prove(request, request.POST.get("proof", ""), at=visit.at)
    except Refused:
        signed.forget(request)
        known = signed.signed_in(request, visit.at)
        if known is None or not known.proven(visit.at):
            raise
    return replace(visit, actor=replace(visit.actor, proven=True))


def _sign(visit: Visit, row: Chosen, sent: QueryDict) -> Outcome:
    """Make the move that signs, on the dossier as the page showed it."""
    try:
        make_move(
            actor=visit.actor,
            at=visit.at,
            dossier_id=row.dossier_id,
            order=MoveOrder(move=row.move),
            key=f"{sent.get('key', '')}:{row.id}",
            revision=number(sent, f"revision-{row.id}") or 0,
        )
    except Refused as refusal:
        return Outcome(row.code, said(refusal))
    return Outcome(row.code, "")


def _waiting(visit: Visit, item: WorkItem) -> Waiting:
    code = item.dossier.code or item.dossier.lookup
    snapshot = find_one(visit.actor, code)
    declaration = declaration_of(snapshot)
    choice = _signing_choice(visit, snapshot)
    ready = choice is not None and choice.why_not is None
    why_not = said(choice.why_not, declaration) if choice and choice.why_not else ""
    return Waiting(
        id=item.pk,
        dossier_id=snapshot.id,
        code=code,
        revision=snapshot.revision,
        applicant=name_in_list(visit.actor, item.dossier) or "–",
        procedure=declaration.name.text(language()),
        step=place_name(declaration, item.step),
        note=_last_note(snapshot.id),
        move=choice.move.key if choice and ready else "",
        move_name=move_name(declaration, choice.move.key) if choice else "",
        why_not=why_not,
        needs_proof=bool(
            choice and ready and needs_proof(visit.actor, choice.move, snapshot, declaration, None)
        ),
        chip=of_work(
            item, visit.at, due=getattr(item, "due", None), paused=item.dossier.paused_since
        ),
    )


def _signing_choice(visit: Visit, snapshot: Snapshot) -> Choice | None:
    """Give the way forward that signs; one that can be made now before one that cannot."""
    signers = system_of(declaration_of(snapshot).system).signers
    found = []
    for choice in choices(visit.actor, snapshot, visit.at):
        role = acting_as(choice.move, visit.actor, snapshot, None)
        asks = choice.move.reason or choice.move.kind is not Kind.FORWARD
        if role is not None and not asks and signs(choice.move, role.post, signers):
            found.append(choice)
    return min(found, key=lambda choice: choice.why_not is not None, default=None)


def _last_note(dossier_id: int) -> str:
    """Give the last words that somebody wrote of a dossier: what is proposed to who signs."""
    rows = Remark.objects.filter(dossier_id=dossier_id).exclude(kind__in=TALK).order_by("-seq")
    return rows.values_list("text", flat=True).first() or ""
