"""Vận hành hệ thống: how the house is, and what was given up tried again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.exchange.actions import NotDead
from motcua.core.jobs.actions import NotRetried
from motcua.core.upkeep import acts
from motcua.core.upkeep.findings import Finding
from motcua.core.upkeep.queries import upkeep
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language, said


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the words of the page."""

    code: str
    ok: bool
    words: str


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def keeping_house(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what was found, or try something again and come back."""
    if request.method == "POST":
        _again(request, visit)
        return redirect("desk:upkeep")
    found = upkeep(visit.actor, visit.at)
    context = {
        "at": visit.at,
        "found": found,
        "lines": [_line(one) for one in found.findings],
        "key": str(uuid.uuid4()),
    }
    return page(request, "upkeep.html", context)


def _line(one: Finding) -> Line:
    return Line(one.code, one.ok, one.en if language() == "en" else one.vi)


def _again(request: HttpRequest, visit: Visit) -> None:
    job, letter = number(request.POST, "job"), number(request.POST, "letter")
    key = request.POST.get("key") or None
    try:
        if job is not None:
            acts.job_again(actor=visit.actor, at=visit.at, job_id=job, key=key)
        elif letter is not None:
            acts.message_again(actor=visit.actor, at=visit.at, message_id=letter, key=key)
        else:
            acts.check_keeper(visit.actor)
            return
    except (NotRetried, NotDead) as refusal:
        messages.warning(request, said(refusal))
        return
    messages.success(request, _("Đã cho chạy lại."))
