"""Trao đổi: what is said in a dossier, a note for colleagues, a question for the applicant."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.dossiers.talked import NOTE, QUESTION
from motcua.core.talks.actions import Words, say, seen, why_not
from motcua.core.talks.queries import colleagues
from motcua.core.talks.rules import CannotRead, NothingSaid
from motcua.faces.desk import unsent
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, refused, shown_code
from motcua.faces.desk.shown.talk import lines_of
from motcua.faces.desk.words import language
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Box, faults_of
from motcua.kernel.errors import Refused

_BOXES = {NOTE: "note", QUESTION: "question"}


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def talk(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show the conversation of a dossier, or say something in it."""
    snapshot = find_one(visit.actor, code)
    if request.method != "POST":
        reads.opened(request, visit.actor, visit.at, snapshot, "dossier")
        seen(visit.actor, snapshot.id, visit.at)
        return _show(request, visit, snapshot, {})
    kind = request.POST.get("kind", "")
    named = number(request.POST, "named")
    words = Words(
        kind=kind,
        text=request.POST.get(_BOXES.get(kind, ""), ""),
        named=() if named is None else (named,),
    )
    try:
        say(
            actor=visit.actor,
            at=visit.at,
            dossier_id=snapshot.id,
            words=words,
            key=request.POST.get("key", ""),
        )
    except Refused as refusal:
        box = "named" if isinstance(refusal, CannotRead) else _BOXES.get(kind)
        if box is None or (box != "named" and not _about_words(refusal)):
            return refused(request, refusal, snapshot, declaration_of(snapshot))
        return _show(request, visit, snapshot, {box: refusal})
    unsent.was_done(request, visit, _form(snapshot, kind), dossier_id=snapshot.id)
    told = {NOTE: _("Đã ghi chú."), QUESTION: _("Đã gửi câu hỏi tới người nộp.")}
    messages.success(request, told[kind])
    return redirect("desk:talk", shown_code(snapshot))


def _about_words(refusal: Refused) -> bool:
    return isinstance(refusal, NothingSaid) or refusal.code.startswith("text.")


def _form(snapshot: Snapshot, kind: str) -> str:
    return unsent.of_move(snapshot, kind, None)


def _show(
    request: HttpRequest, visit: Visit, snapshot: Snapshot, problems: Mapping[str, Refused]
) -> HttpResponse:
    forms = (_form(snapshot, NOTE), _form(snapshot, QUESTION))
    sent = request.POST.copy()
    for form in forms:
        unsent.fill(request, visit, form, sent)
    offers = [unsent.offered(request, visit, form) for form in forms]
    note = [
        _box(sent, "note", _("Ghi chú cho đồng nghiệp"), problems),
        _named(sent, visit, snapshot, problems),
    ]
    ask = [_box(sent, "question", _("Câu hỏi cho người nộp"), problems)]
    cannot = why_not(visit.actor, snapshot, QUESTION)
    context = {
        "code": shown_code(snapshot),
        "short": declaration_of(snapshot).short.text(language()),
        "lines": lines_of(visit.actor, snapshot),
        "note": note,
        "ask": ask,
        "cannot_ask": cannot.text(language()) if cannot else "",
        "keys": (str(uuid.uuid4()), str(uuid.uuid4())),
        "forms": forms,
        "unsent": next((one for one in offers if one.stamp), offers[0]),
        "errors": faults_of([*note, *ask]),
    }
    return page(request, "talk.html", context, status=422 if problems else 200)


def _box(sent: QueryDict, name: str, label: str, problems: Mapping[str, Refused]) -> Box:
    refusal = problems.get(name)
    return Box(
        name=name,
        label=label,
        kind="multiline",
        value=str(sent.get(name, "")),
        error=refusal.text(language()) if refusal else "",
        required=True,
    )


def _named(
    sent: QueryDict, visit: Visit, snapshot: Snapshot, problems: Mapping[str, Refused]
) -> Box:
    refusal = problems.get("named")
    people = colleagues(visit.actor, snapshot, visit.on)
    return Box(
        name="named",
        label=_("Nhắc một đồng nghiệp"),
        hint=_("Người được nhắc thấy hồ sơ này ở đầu danh sách việc của mình."),
        kind="choice",
        choices=tuple((str(key), name) for key, name in people),
        value=str(sent.get("named", "")),
        error=refusal.text(language()) if refusal else "",
    )
