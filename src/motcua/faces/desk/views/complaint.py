"""Khiếu nại tại quầy: writing down a complaint for an applicant who came."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.complaints.actions import NotYoursToComplain, complain
from motcua.core.complaints.queries import post_for
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import NotOffered, current
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.words import language
from motcua.faces.ui import complaints, forms
from motcua.faces.ui.uploads import Uploads, read_uploads
from motcua.kernel.errors import Invalid, Refused


@require_safe
@desk
def choose(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Offer the ways to complain."""
    snapshot = _at_their_counter(visit, code)
    context = {"code": shown_code(snapshot), "ways": complaints.ways(language())}
    return page(request, "complain.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def complaint(request: HttpRequest, visit: Visit, code: str, procedure: str) -> HttpResponse:
    """Show the form, or file what the applicant says; its number is for them to keep."""
    snapshot = _at_their_counter(visit, code)
    declaration = current(procedure).declaration
    if not declaration.complaint:
        raise NotOffered(procedure=procedure)
    if request.method != "POST":
        return _form(request, snapshot, declaration, Uploads(), {})
    uploads = read_uploads(request, [rule.key for rule in declaration.evidence])
    if uploads.problems:
        return _form(request, snapshot, declaration, uploads, uploads.problems)
    try:
        done = complain(
            actor=visit.actor,
            at=visit.at,
            dossier_id=snapshot.id,
            complaint=complaints.told(declaration, request.POST, uploads.all()),
            key=forms.request_key(request.POST),
        )
    except Invalid as invalid:
        return _form(request, snapshot, declaration, uploads, invalid.problems)
    told = _("Đã ghi đơn. Đưa người nộp số tra cứu: %s.")
    messages.success(request, told % done.lookup)
    return redirect("desk:dossier", shown_code(snapshot))


def _at_their_counter(visit: Visit, code: str) -> Snapshot:
    snapshot = find_one(visit.actor, code)
    if snapshot.applicant_id is None or post_for(visit.actor, snapshot) is None:
        raise NotYoursToComplain
    return snapshot


def _form(
    request: HttpRequest,
    snapshot: Snapshot,
    declaration: Declaration,
    uploads: Uploads,
    problems: dict[str, Refused],
) -> HttpResponse:
    boxes = complaints.boxes(declaration, request.POST, uploads, problems, language())
    context = {
        "code": shown_code(snapshot),
        "name": declaration.name.text(language()),
        "boxes": boxes,
        "files_taken": forms.files_taken(),
        "errors": forms.summary(boxes, problems, language()),
        "key": forms.request_key(request.POST),
    }
    return page(request, "complaint.html", context, status=422 if problems else 200)
