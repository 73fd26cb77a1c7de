"""Complaining about the handling of a dossier: which way, the form, and sending it once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.core.complaints.actions import complain
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.situation import read
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import NotOffered, current
from motcua.core.sql import act
from motcua.faces.portal.views.tracking import Visit, applicants
from motcua.faces.ui import complaints, forms
from motcua.faces.ui.citizens import bind_filed, citizen_of
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.uploads import Uploads, read_uploads
from motcua.kernel.errors import Invalid, Refused


@applicants
def choose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Tell the ways there are, what each is for and how long it takes."""
    context = {
        "code": visit.code,
        "procedure": visit.procedure,
        "ways": complaints.ways(language()),
    }
    return render(request, "portal/complain.html", context)


@applicants
def write(request: HttpRequest, visit: Visit, procedure: str) -> HttpResponse:
    """Show the form of a complaint, or send it; what was typed is never lost."""
    declaration = current(procedure).declaration
    if not declaration.complaint:
        raise NotOffered(procedure=procedure)
    if request.method != "POST":
        return _form(request, visit, declaration, Uploads(), {})
    uploads = read_uploads(request, [rule.key for rule in declaration.evidence])
    if uploads.problems:
        return _form(request, visit, declaration, uploads, uploads.problems)
    try:
        done = _send(request, visit, declaration, uploads)
    except Invalid as invalid:
        return _form(request, visit, declaration, uploads, invalid.problems)
    messages.success(request, _("Đã gửi. Số tra cứu của đơn: %s.") % done.lookup)
    return redirect("tracking", code=visit.code)


def _send(request: HttpRequest, visit: Visit, declaration: Declaration, uploads: Uploads) -> Done:
    """File it; a citizen's account holds it from then on, in the same act."""
    told = complaints.told(declaration, request.POST, uploads.all())
    with act() as tx:
        done = complain(
            actor=visit.actor,
            at=visit.at,
            dossier_id=visit.dossier.id,
            complaint=told,
            key=forms.request_key(request.POST),
        )
        if citizen_of(request, visit.at) is not None:
            bind_filed(request, read(tx, done.dossier_id).applicant_id, visit.at)
    return done


def _form(
    request: HttpRequest,
    visit: Visit,
    declaration: Declaration,
    uploads: Uploads,
    problems: dict[str, Refused],
) -> HttpResponse:
    boxes = complaints.boxes(declaration, request.POST, uploads, problems, language())
    context = {
        "code": visit.code,
        "procedure": declaration,
        "boxes": boxes,
        "files_taken": forms.files_taken(),
        "errors": forms.summary(boxes, problems, language()),
        "key": forms.request_key(request.POST),
    }
    return render(request, "portal/complaint.html", context, status=422 if problems else 200)
