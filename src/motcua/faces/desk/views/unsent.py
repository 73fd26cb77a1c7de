"""Where a browser sends what an officer is typing, and where a draft is dropped."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from motcua.core.accounts.sessions import SignedIn
from motcua.core.drafts import typed
from motcua.faces.desk.doors import Visit, visit_of
from motcua.faces.desk.words import moment
from motcua.faces.ui.half import asked_aim
from motcua.faces.ui.signed import signed_in
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused

_LONGEST_NAME = 120
_SESSION_OVER = 401
_OF_ANOTHER = 409


@require_POST
def unsent(request: HttpRequest) -> HttpResponse:
    """Keep what an officer has typed so far, or drop it.

    A script asks: it is told, never led to sign in, and tries again when there is a session.
    """
    visit = visit_of(request)
    known = signed_in(request, visit.at) if visit else None
    if visit is None or known is None:
        return JsonResponse({}, status=_SESSION_OVER)
    if request.POST.get("account", str(known.account_id)) != str(known.account_id):
        return JsonResponse({}, status=_OF_ANOTHER)
    form = request.POST.get("form", "")
    if not 0 < len(form) <= _LONGEST_NAME:
        return HttpResponseBadRequest()
    if request.POST.get("do") == "drop":
        typed.drop(known.account_id, form)
        if "next" in request.POST:
            return redirect(asked_aim(request))
        return JsonResponse({"stamp": "", "saved": ""})
    return _keep(request, visit, known, form)


@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Go on with the session, and tell for how many seconds it lasts now."""
    visit = visit_of(request)
    known = signed_in(request, visit.at) if visit else None
    if visit is None or known is None:
        return JsonResponse({}, status=_SESSION_OVER)
    return JsonResponse({"seconds": known.seconds_left(visit.at)})


def _keep(request: HttpRequest, visit: Visit, known: SignedIn, form: str) -> HttpResponse:
    pairs = _pairs(request.POST.get("told", "[]"))
    if pairs is None:
        return HttpResponseBadRequest()
    key = request.POST.get("key", "")
    try:
        kept = typed.keep(known.account_id, form, key=key, pairs=pairs, at=visit.at)
    except Refused as refusal:
        told = {"code": refusal.code, "sentence": refusal.text(language())}
        return JsonResponse(told, status=refusal.status)
    seconds = known.seconds_left(visit.at)
    if not kept:
        return JsonResponse({"stamp": "", "saved": "", "seconds": seconds})
    saved = {"stamp": visit.at.isoformat(), "saved": moment(visit.at)}
    return JsonResponse({**saved, "seconds": seconds})


def _pairs(told: str) -> list[tuple[str, str]] | None:
    """Read the boxes of a form with their values; None where they are none."""
    try:
        found = json.loads(told)
        pairs = [(name, value) for name, value in found]
    except (ValueError, TypeError):
        return None
    right = all(isinstance(name, str) and isinstance(value, str) for name, value in pairs)
    return pairs if right else None
