"""Rating a dossier by its applicant, once there is a result."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from motcua.core.ratings.actions import rate
from motcua.core.ratings.queries import own_rating, why_not
from motcua.faces.portal.views.tracking import Visit, applicants
from motcua.faces.ui import forms, rating
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Invalid, Refused


@applicants
def rating_page(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for the marks, filled with those given before; a POST gives or changes them."""
    if request.method != "POST":
        refusal = why_not(visit.actor, visit.dossier, visit.at)
        if refusal is not None:
            raise refusal
        return _page(request, visit, {})
    try:
        rate(
            actor=visit.actor,
            at=visit.at,
            dossier_id=visit.dossier.id,
            marks=rating.read_marks(request.POST),
            comment=request.POST.get("comment", ""),
            key=forms.request_key(request.POST),
        )
    except Invalid as invalid:
        return _page(request, visit, invalid.problems)
    except Refused as refusal:
        if not refusal.code.startswith("text."):
            raise
        return _page(request, visit, {"comment": refusal})
    messages.success(request, _("Đã ghi đánh giá. Cảm ơn bạn."))
    return redirect("tracking", code=visit.code)


def _page(request: HttpRequest, visit: Visit, problems: dict[str, Refused]) -> HttpResponse:
    own = own_rating(visit.actor, visit.dossier, visit.at)
    boxes = rating.boxes(request.POST, own, problems)
    context = {
        "code": visit.code,
        "procedure": visit.procedure,
        "own": own,
        "days": settings.MOTCUA_RATING_CHANGE_DAYS,
        "boxes": boxes,
        "errors": forms.summary(boxes, problems, language()),
        "key": forms.request_key(request.POST),
    }
    return render(request, "portal/rating.html", context, status=422 if problems else 200)
