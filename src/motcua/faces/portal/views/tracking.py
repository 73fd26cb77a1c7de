"""Following a dossier: where it stands, what to do now, answering, withdrawing, papers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.complaints.queries import may_complain
from motcua.core.documents.proofs import proof_for
from motcua.core.documents.queries import PaperNotReady, file_name, open_paper, papers_of
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.queries import choices, declaration_of
from motcua.core.dossiers.situation import Snapshot
from motcua.core.dossiers.talked import ANSWER, QUESTION
from motcua.core.dossiers.ties import hanging_on
from motcua.core.ledger.models import Entry
from motcua.core.now import now
from motcua.core.procedures.declaration import Declaration
from motcua.core.ratings.queries import own_rating, why_not
from motcua.core.till.queries import account_of
from motcua.faces.portal import story
from motcua.faces.portal.looks import looks_of
from motcua.faces.portal.views.lookup import look_up_again
from motcua.faces.ui import complaints, forms, reads
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.citizens import opened
from motcua.faces.ui.deadline import Deadline, Mood, deadline
from motcua.faces.ui.papers import told_apart
from motcua.faces.ui.sending import of_the_house
from motcua.faces.ui.states import state_words
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.uploads import Uploads, read_uploads
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.flow.engine import ReasonMissing

P = ParamSpec("P")


class NothingAdded(Refused):
    """An answer without a file and without a word."""

    code = "portal.nothing_added"
    vi = "Chưa có tệp hay lời nhắn nào để gửi. Chọn tệp hoặc viết trả lời."
    en = "There is no file and no word to send. Choose a file or write an answer."


class ReasonNeeded(Refused):
    """The procedure wants to know why a dossier is withdrawn."""

    code = "portal.reason_needed"
    vi = "Ghi lý do rút hồ sơ."
    en = "Say why you withdraw."


@dataclass(frozen=True, slots=True)
class Visit:
    """An applicant before their dossier, at an instant."""

    actor: Actor
    at: datetime.datetime
    dossier: Snapshot
    procedure: Declaration

    @property
    def code(self) -> str:
        """How the address of the page names the dossier."""
        return self.dossier.now.code or self.dossier.lookup

    def can(self, kind: Kind) -> Move | None:
        """Give the move of a kind that the applicant can make now."""
        found = choices(self.actor, self.dossier, self.at)
        mine = (one.move for one in found if one.move.kind is kind and one.why_not is None)
        return next((move for move in mine if "applicant" in move.by), None)


Page = Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]


def applicants(page: Page[P]) -> Callable[..., HttpResponseBase]:
    """Let the proven applicant in; anybody else is asked for number and phone first."""

    @wraps(page)
    @never_cache
    def guarded(
        request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        at = now()
        found = opened(request, code, at)
        if found is None:
            return look_up_again(request, code)
        actor, dossier = found
        visit = Visit(actor, at, dossier, declaration_of(dossier))
        return page(request, visit, *args, **kwargs)

    return guarded


@applicants
def tracking(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Tell in one glance: state, holder, promised date, days left, what to do now."""
    return _page(request, visit, Uploads(), {})


@applicants
def answer(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send what was asked for; the form itself stands on the tracking page."""
    if request.method != "POST":
        return redirect("tracking", code=visit.code)
    chosen = visit.can(Kind.ANSWER)
    uploads = read_uploads(request, [rule.key for rule in visit.procedure.evidence])
    words = str(request.POST.get("reason", ""))
    problems = dict(uploads.problems)
    if not problems and not uploads.all() and not words.strip():
        problems["reason"] = NothingAdded()
    if chosen is not None and problems:
        return _page(request, visit, uploads, problems)
    order = MoveOrder(move=_key(chosen, visit, Kind.ANSWER), reason=words, evidence=uploads.all())
    try:
        _move(request, visit, order)
    except Invalid as invalid:
        return _page(request, visit, uploads, invalid.problems)
    except Refused as refusal:
        if chosen is not None and _about_words(refusal):
            return _page(request, visit, uploads, {"reason": refusal})
        raise
    messages.success(request, _("Đã gửi bổ sung. Cơ quan đang giữ hồ sơ sẽ xem tiếp."))
    return redirect("tracking", code=visit.code)


@applicants
def withdraw(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask why, then take the dossier back for good."""
    chosen = visit.can(Kind.WITHDRAW)
    if request.method != "POST":
        if chosen is None:
            return redirect("tracking", code=visit.code)
        return _withdrawing(request, visit, chosen)
    words = str(request.POST.get("reason", ""))
    if chosen is not None and chosen.reason and not words.strip():
        return _withdrawing(request, visit, chosen, ReasonNeeded())
    try:
        _move(request, visit, MoveOrder(move=_key(chosen, visit, Kind.WITHDRAW), reason=words))
    except Refused as refusal:
        if chosen is None or not _about_words(refusal):
            raise
        return _withdrawing(request, visit, chosen, refusal)
    messages.success(request, _("Hồ sơ đã được rút."))
    return redirect("tracking", code=visit.code)


@applicants
def paper(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """Hand out a paper as it was made, byte for byte."""
    found, path = open_paper(visit.actor, visit.code, number)
    assert found.file is not None
    reads.downloaded(request, visit.actor, visit.at, visit.dossier, f"paper.{number}")
    return of_the_house(path, f"{file_name(found, visit.code)}.pdf")


@applicants
def proof(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the file that proves a paper offline, once its entry is sealed."""
    found, _path = open_paper(visit.actor, visit.code, number)
    told = proof_for(found)
    if told is None:
        raise PaperNotReady
    response = JsonResponse(told, json_dumps_params={"indent": 1})
    name = f"{file_name(found, visit.code)}.proof.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _move(request: HttpRequest, visit: Visit, order: MoveOrder) -> None:
    move(
        actor=visit.actor,
        at=visit.at,
        dossier_id=visit.dossier.id,
        order=order,
        key=forms.request_key(request.POST),
        revision=forms.shown_revision(request.POST),
    )


def _key(chosen: Move | None, visit: Visit, kind: Kind) -> str:
    """Name the move even where it cannot be made now: a repeat gets its first answer, and the
    house itself says why not."""
    if chosen is not None:
        return chosen.key
    moves = (one for one in visit.procedure.flow.moves if one.kind is kind)
    mine = [one.key for one in moves if "applicant" in one.by]
    return mine[0] if mine else kind.value


def _about_words(refusal: Refused) -> bool:
    return isinstance(refusal, ReasonMissing) or refusal.code.startswith("text.")


def _page(
    request: HttpRequest, visit: Visit, uploads: Uploads, problems: dict[str, Refused]
) -> HttpResponse:
    dossier, procedure = visit.dossier, visit.procedure
    reads.opened(request, visit.actor, visit.at, dossier, "tracking")
    boxes = forms.with_errors(_answer_boxes(request, procedure, uploads), problems, language())
    chip, acts = _deadline(visit), story.acts(visit.actor, dossier)
    context = {
        "dossier": dossier,
        "procedure": procedure,
        "code": visit.code,
        "chip": chip,
        "state": _state(visit),
        "is_late": chip.mood is Mood.LATE,
        "apologised": _apologised(dossier),
        "holder": story.holder(dossier, acts),
        "receiving": story.serves(dossier),
        "is_taken_over": dossier.desk_agency_id != dossier.receiving_agency_id,
        "answering": visit.can(Kind.ANSWER),
        "defects": story.defects(visit.actor, dossier, procedure),
        "boxes": boxes,
        "files_taken": forms.files_taken(),
        "errors": forms.summary(boxes, problems, language()),
        "withdrawing": visit.can(Kind.WITHDRAW),
        "papers": _papers(visit),
        **_talk(visit, acts),
        "account": account_of(visit.actor, dossier),
        "rating": own_rating(visit.actor, dossier, visit.at),
        "may_rate": why_not(visit.actor, dossier, visit.at) is None,
        "hung": complaints.hung(hanging_on(visit.actor, dossier), language()),
        "may_complain": may_complain(visit.actor, dossier) and not procedure.complaint,
        "handed": story.handed_in(visit.actor, dossier, procedure),
        "looks": looks_of(dossier.id),
        "events": story.story(visit.actor, dossier, acts),
        "key": forms.request_key(request.POST),
    }
    return render(request, "portal/tracking.html", context, status=422 if problems else 200)


def _talk(visit: Visit, acts: list[Entry]) -> dict[str, object]:
    """Tell whether the office asked something, and whether it still waits for an answer."""
    said = [one.act for one in acts if one.act in {QUESTION, ANSWER}]
    waits = said[-1:] == [QUESTION] and not visit.dossier.now.closed
    return {"said": len(said), "asked": waits}


def _apologised(dossier: Snapshot) -> bool:
    """Tell whether an apology promised a later day: a receipt promises the legal one."""
    now_ = dossier.now
    if now_.finished_at is not None or now_.due_at is None or now_.promised_at is None:
        return False
    return now_.promised_at > now_.due_at


def _state(visit: Visit) -> str:
    end = visit.procedure.end_names.get(visit.dossier.now.step)
    return end.text(language()) if end else state_words(visit.dossier.now.state)


def _deadline(visit: Visit) -> Deadline:
    now_ = visit.dossier.now
    return deadline(
        at=visit.at,
        calendar=calendars[agency(now_.holding_agency_id).calendar],
        received_at=now_.received_at,
        due_at=now_.due_at,
        paused_since=now_.paused_since,
        finished_at=now_.finished_at,
        bucket=now_.bucket,
        closed=now_.closed,
    )


@dataclass(frozen=True, slots=True)
class ShownPaper:
    """A paper that goes out: whether it is made, and whether its proof is."""

    id: int
    name: str
    asked_at: datetime.datetime
    is_made: bool
    is_sealed: bool


def _papers(visit: Visit) -> list[ShownPaper]:
    names = {rule.key: rule.name.text(language()) for rule in visit.procedure.letters}
    names.setdefault("bill", _("Biên lai thu phí, lệ phí"))
    rows = papers_of(visit.actor, visit.dossier)
    sealed = story.sealed(visit.actor, visit.dossier)
    titles = told_apart(names.get(row.letter, row.letter) for row in rows)
    return [
        ShownPaper(
            row.pk,
            title,
            row.asked_at,
            row.file_id is not None,
            row.made_seq in sealed,
        )
        for row, title in zip(rows, titles, strict=True)
    ]


def _answer_boxes(
    request: HttpRequest, procedure: Declaration, uploads: Uploads
) -> tuple[Box, ...]:
    words = Box(
        name="reason",
        label=_("Lời nhắn kèm theo"),
        kind="multiline",
        value=str(request.POST.get("reason", "")),
    )
    files = forms.evidence_boxes(procedure.evidence, uploads, language(), required=False)
    return (*files, words)


def _withdrawing(
    request: HttpRequest, visit: Visit, chosen: Move, refusal: Refused | None = None
) -> HttpResponse:
    box = Box(
        name="reason",
        label=_("Lý do rút hồ sơ"),
        kind="multiline",
        value=str(request.POST.get("reason", "")),
        required=chosen.reason,
    )
    problems = {"reason": refusal} if refusal else {}
    boxes = forms.with_errors([box], problems, language())
    context = {
        "dossier": visit.dossier,
        "procedure": visit.procedure,
        "code": visit.code,
        "boxes": boxes,
        "errors": forms.summary(boxes, problems, language()),
        "key": forms.request_key(request.POST),
    }
    return render(request, "portal/withdraw.html", context, status=422 if refusal else 200)
