"""Đánh giá: the tablet of the counter, and what a head reads of many ratings."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.agencies.queries import agency
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.ratings.actions import rate
from motcua.core.ratings.queries import headed, months, why_not
from motcua.core.ratings.rules import BEST, NotTheHead
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.words import language
from motcua.faces.ui import forms, rating
from motcua.kernel.errors import Invalid, Refused

_CITIZEN = "citizen"  # neither the rail of the desk nor its search stands on the tablet


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def tablet(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Ask the applicant at the counter, on a page without the desk around it."""
    snapshot = find_one(visit.actor, code)
    if request.method != "POST":
        refusal = why_not(visit.actor, snapshot, visit.at)
        if refusal is not None:
            raise refusal
        return _ask(request, snapshot, {})
    try:
        rate(
            actor=visit.actor,
            at=visit.at,
            dossier_id=snapshot.id,
            marks=rating.read_marks(request.POST),
            comment=request.POST.get("comment", ""),
            key=forms.request_key(request.POST),
        )
    except Invalid as invalid:
        return _ask(request, snapshot, invalid.problems)
    except Refused as refusal:
        if not refusal.code.startswith("text."):
            raise
        return _ask(request, snapshot, {"comment": refusal})
    return redirect("desk:rated", shown_code(snapshot))


def _ask(request: HttpRequest, snapshot: Snapshot, problems: dict[str, Refused]) -> HttpResponse:
    boxes = rating.boxes(request.POST, None, problems)
    context = {
        "density": _CITIZEN,
        "code": shown_code(snapshot),
        "procedure": declaration_of(snapshot).name.text(language()),
        "boxes": boxes,
        "errors": forms.summary(boxes, problems, language()),
        "key": forms.request_key(request.POST),
    }
    return render(request, "desk/rating.html", context, status=422 if problems else 200)


@require_safe
@desk
def rated(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Thank the applicant and ask for the tablet back."""
    context = {"density": _CITIZEN, "code": shown_code(find_one(visit.actor, code))}
    return render(request, "desk/rated.html", context)


@require_safe
@desk
def ratings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a head what applicants think of an agency, month by month."""
    found = headed(visit.actor, visit.on)
    if not found:
        raise NotTheHead
    wanted = number(request.GET, "co-quan") or found[0].id
    context = {
        "agencies": found,
        "chosen": agency(wanted),
        "months": months(visit.actor, wanted, visit.at),
        "most": BEST,
        "least": settings.MOTCUA_RATINGS_SHOWN_FROM,
        "days": settings.MOTCUA_RATING_CHANGE_DAYS,
    }
    return page(request, "ratings.html", context)
