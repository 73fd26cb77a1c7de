"""Lấy số ở quầy: the kiosk, a number on a telephone, and the screen of a waiting room.

No page of these names a person: a number, a window, how many wait.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.limits.address import sender
from motcua.core.limits.strangers import takes_number
from motcua.core.now import now
from motcua.core.queueing.actions import take_number
from motcua.core.queueing.models import State
from motcua.core.queueing.places import counter_of
from motcua.core.queueing.queries import board, place_of
from motcua.faces.ui.forms import request_key
from motcua.faces.ui.templatetags.ui import language

_KEY = 36
_AGAIN, _SCREEN_AGAIN = "15", "5"
"""Seconds until a browser asks again: what is shown is live, which WCAG 2.2.1 lets be."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a number of an agency's counter, or give one."""
    at = now()
    agency = counter_of(code, at)
    if request.method == "POST":
        takes_number(sender(request.META), at=at)
        number = take_number(agency_id=agency.id, at=at, key=request_key(request.POST)[:_KEY])
        return redirect("ticket", agency.code, number)
    context = {
        "agency": agency.name(language()),
        "code": agency.code,
        "waiting": board(agency.id, at).waiting,
        "key": request_key(request.POST),
    }
    return render(request, "portal/kiosk.html", context)


@never_cache
@require_safe
def ticket(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show where a number of today stands; the page asks again by itself."""
    at = now()
    agency = counter_of(code, at)
    place = place_of(agency.id, number, at)
    context = {
        "agency": agency.name(language()),
        "code": agency.code,
        "place": place,
        "at": timezone.localtime(at),
    }
    answer = render(request, "portal/ticket.html", context)
    if place.state != State.SERVED:
        answer["Refresh"] = _AGAIN
    return answer


@never_cache
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """Show the waiting room who is called to which window."""
    at = now()
    agency = counter_of(code, at)
    context = {
        "density": "wall",
        "agency": agency.name(language()),
        "board": board(agency.id, at),
        "at": timezone.localtime(at),
    }
    answer = render(request, "portal/screen.html", context)
    answer["Refresh"] = _SCREEN_AGAIN
    return answer
