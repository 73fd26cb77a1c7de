"""Filing: the form, checking the answers, sending once, the confirmation."""

from __future__ import annotations

import datetime
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import activate, check_for_language
from django.views.decorators.cache import never_cache

from motcua.core.access.actors import PUBLIC
from motcua.core.documents.qr import lookup_link, qr_svg
from motcua.core.dossiers.filing import NotThisWay, file
from motcua.core.dossiers.queries import declaration_of
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.core.now import now
from motcua.core.procedures.queries import current
from motcua.core.sql import act, reading
from motcua.faces.portal.sheet import Sheet, sheet_of
from motcua.faces.portal.views.lookup import look_up_here
from motcua.faces.ui import forms
from motcua.faces.ui.actors import remember
from motcua.faces.ui.citizens import bind_filed, citizen_of, opened
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.codes import parse_lookup
from motcua.kernel.errors import Invalid, Refused


@never_cache
def file_online(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, show the answers for a check, and file what was confirmed."""
    at = now()
    declaration = current(code).declaration
    if "public" not in declaration.channels:
        raise NotThisWay(channel="online")
    if request.method != "POST":
        return _form(request, sheet_of(request, declaration, at))
    if "language" in request.POST:
        return _in_other_language(request, sheet_of(request, declaration, at))
    return _taken(request, sheet_of(request, declaration, at), at)


def _taken(request: HttpRequest, sheet: Sheet, at: datetime.datetime) -> HttpResponse:
    wish = request.POST.get("do")
    if wish == "change":
        return _form(request, sheet)
    problems = sheet.problems()
    if problems:
        return _form(request, sheet, problems)
    if wish != "submit":
        return _check(request, sheet)
    try:
        strangers.files_dossier(sender(request.META), at=at)
        snapshot = _file(request, sheet, at)
    except Invalid as invalid:
        return _form(request, sheet, invalid.problems)
    remember(request, snapshot, at)
    return redirect("filed", lookup=snapshot.lookup)


def _file(request: HttpRequest, sheet: Sheet, at: datetime.datetime) -> Snapshot:
    """File; what a citizen files while signed in is bound to their account in the same act."""
    if citizen_of(request, at) is None:
        done = file(actor=PUBLIC, at=at, filing=sheet.filing(), key=sheet.key)
        return read(reading(), done.dossier_id)
    with act() as tx:
        done = file(actor=PUBLIC, at=at, filing=sheet.filing(), key=sheet.key)
        snapshot = read(tx, done.dossier_id)
        bind_filed(request, snapshot.applicant_id, at)
    return snapshot


def _form(
    request: HttpRequest, sheet: Sheet, problems: dict[str, Refused] | None = None
) -> HttpResponse:
    wrong = problems or {}
    parts = [
        replace(part, boxes=forms.with_errors(part.boxes, wrong, language()))
        for part in sheet.parts
    ]
    boxes = [box for part in parts for box in part.boxes]
    context = {
        "procedure": sheet.declaration,
        "parts": parts,
        "key": sheet.key,
        "errors": forms.summary(boxes, wrong, language()),
        "language_form": "filing",
    }
    return render(request, "portal/form.html", context, status=422 if wrong else 200)


def _check(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    context = {
        "procedure": sheet.declaration,
        "groups": [(part.name, forms.told(part.boxes)) for part in sheet.parts],
        "hidden": forms.hidden(sheet.boxes),
        "key": sheet.key,
        "language_form": "filing",
    }
    return render(request, "portal/check.html", context)


def _in_other_language(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Show the same form in the other language; nothing that was typed or chosen is lost."""
    wanted = str(request.POST["language"])
    if wanted in dict(settings.LANGUAGES) and check_for_language(wanted):
        activate(wanted)
    response = _form(request, sheet)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language(), samesite="Lax")
    return response


@never_cache
def filed(request: HttpRequest, lookup: str) -> HttpResponse:
    """Confirm: the look-up number, its QR symbol, and what happens next."""
    found = opened(request, lookup, now())
    if found is None:
        return HttpResponseRedirect(look_up_here(lookup))
    _applicant, snapshot = found
    declaration = declaration_of(snapshot)
    reception = declaration.flow.step[declaration.flow.start]
    context = {
        "dossier": snapshot,
        "procedure": declaration,
        "hours": reception.minutes // 60,
        "link": lookup_link(snapshot.lookup),
    }
    return render(request, "portal/filed.html", context)


def qr_symbol(_request: HttpRequest, lookup: str) -> HttpResponse:
    """Draw the QR symbol of a look-up link; it holds nothing but the link."""
    image = qr_svg(lookup_link(parse_lookup(lookup)))
    return HttpResponse(image, content_type="image/svg+xml")
