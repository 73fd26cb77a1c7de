"""Trao đổi: the applicant reads what the office asked and answers; no clock moves by it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.core.dossiers.talked import ANSWER
from motcua.core.talks.actions import Words, say, why_not
from motcua.core.talks.queries import said_in
from motcua.core.talks.rules import NothingSaid
from motcua.faces.portal.views.tracking import Visit, applicants
from motcua.faces.ui import forms, reads
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused


@applicants
def talk(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the questions and answers of a dossier; a POST answers."""
    if request.method != "POST":
        return _page(request, visit)
    try:
        say(
            actor=visit.actor,
            at=visit.at,
            dossier_id=visit.dossier.id,
            words=Words(kind=ANSWER, text=str(request.POST.get("answer", ""))),
            key=forms.request_key(request.POST),
        )
    except Refused as refusal:
        if not isinstance(refusal, NothingSaid) and not refusal.code.startswith("text."):
            raise
        return _page(request, visit, refusal)
    messages.success(request, _("Đã gửi câu trả lời. Thời hạn xử lý không đổi."))
    return redirect("talk", code=visit.code)


def _page(request: HttpRequest, visit: Visit, refusal: Refused | None = None) -> HttpResponse:
    reads.opened(request, visit.actor, visit.at, visit.dossier, "tracking")
    box = Box(
        name="answer",
        label=_("Trả lời"),
        kind="multiline",
        value=str(request.POST.get("answer", "")),
        required=True,
    )
    problems = {"answer": refusal} if refusal else {}
    boxes = forms.with_errors([box], problems, language())
    context = {
        "code": visit.code,
        "procedure": visit.procedure,
        "said": said_in(visit.actor, visit.dossier),
        "answers": why_not(visit.actor, visit.dossier, ANSWER) is None,
        "boxes": boxes,
        "errors": forms.summary(boxes, problems, language()),
        "key": forms.request_key(request.POST),
    }
    return render(request, "portal/talk.html", context, status=422 if refusal else 200)
