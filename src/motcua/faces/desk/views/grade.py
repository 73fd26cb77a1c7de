"""Mức hạn chế: the form by which a dossier is kept to those whom its work names, or opened."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.access.rows import sees
from motcua.core.dossiers.grading import (
    GradeUnexplained,
    NotYoursToGrade,
    grades,
    regrade,
)
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.situation import NORMAL, RESTRICTED, Snapshot
from motcua.core.sql import reading
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, refused, shown_code
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box, faults_of
from motcua.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def grade(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show the form that changes the grade, or change it; it leads on to what is still seen."""
    snapshot = find_one(visit.actor, code)
    if request.method != "POST":
        if not grades(visit.actor, snapshot):
            return refused(request, NotYoursToGrade(), snapshot, declaration_of(snapshot))
        return _form(request, snapshot)
    try:
        regrade(
            actor=visit.actor,
            at=visit.at,
            dossier_id=snapshot.id,
            grade=request.POST.get("grade", ""),
            reason=request.POST.get("reason", ""),
            key=request.POST.get("key", ""),
            revision=number(request.POST, "revision"),
        )
    except Refused as refusal:
        if isinstance(refusal, GradeUnexplained) or refusal.code.startswith("text."):
            return _form(request, snapshot, refusal)
        return refused(request, refusal, snapshot, declaration_of(snapshot))
    messages.success(request, _("Đã đổi mức hạn chế của hồ sơ %s.") % shown_code(snapshot))
    if sees(reading(), visit.actor, snapshot.id):
        return redirect("desk:dossier", shown_code(snapshot))
    return redirect("desk:list")  # they restricted it to others


def _form(request: HttpRequest, snapshot: Snapshot, refusal: Refused | None = None) -> HttpResponse:
    restricted = snapshot.grade == RESTRICTED
    box = Box(
        name="reason",
        label=_("Lý do và căn cứ"),
        kind="multiline",
        value=request.POST.get("reason", ""),
        error=refusal.text(language()) if refusal else "",
        required=True,
    )
    context = {
        "code": shown_code(snapshot),
        "restricted": restricted,
        "to": NORMAL if restricted else RESTRICTED,
        "revision": snapshot.revision,
        "key": str(uuid.uuid4()),
        "boxes": [box],
        "errors": faults_of([box]),
    }
    return page(request, "grade.html", context, status=422 if refusal else 200)
