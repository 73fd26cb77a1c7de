"""Hàng chờ quầy: calling the next number, and how long people waited."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.agencies.queries import Node
from motcua.core.queueing import queries
from motcua.core.queueing.actions import call_next, end, recall
from motcua.core.queueing.places import counters_of
from motcua.core.queueing.rules import NotYourQueue, WindowMissing
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language, said
from motcua.faces.ui.boxes import Box
from motcua.kernel.errors import Refused

_WINDOW = "motcua_window"  # of the browser: a counter stays where it stands
_WINDOW_DAYS = 180
_SHOWN_DAYS = datetime.timedelta(days=30)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def tickets(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show an officer's counter of the day, or call, recall and end a number."""
    counters = counters_of(visit.actor)
    agency = _chosen(request.POST if request.method == "POST" else request.GET, counters)
    if request.method != "POST":
        return _show(request, visit, agency, counters, request.COOKIES.get(_WINDOW, ""))
    window = request.POST.get("window", "").strip()
    try:
        _ACTS.get(request.POST.get("do", ""), _next)(request, visit, agency)
    except WindowMissing as missing:
        return _show(request, visit, agency, counters, window, missing)
    except Refused as refusal:
        if refusal.status not in {404, 409}:
            raise
        messages.warning(request, said(refusal))
    answer = redirect(f"{reverse('desk:tickets')}?co-quan={agency.id}")
    if window:
        answer.set_cookie(
            _WINDOW, window[:6], max_age=_WINDOW_DAYS * 86400, httponly=True, samesite="Lax"
        )
    return answer


@require_safe
@desk
def waits(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show how long people waited at a counter, by day."""
    watched = queries.watched(visit.actor, visit.on)
    agency = _chosen(request.GET, watched)
    until = queries.today(agency, visit.at)
    found = queries.days(visit.actor, agency.id, since=until - _SHOWN_DAYS, until=until)
    context = {"agencies": watched, "chosen": agency, "days": found}
    return page(request, "waits.html", context)


def _chosen(sent: object, offered: list[Node]) -> Node:
    wanted = number(sent, "co-quan")  # type: ignore[arg-type]
    if wanted is None and offered:
        return offered[0]
    for one in offered:
        if one.id == wanted:
            return one
    raise NotYourQueue


def _next(request: HttpRequest, visit: Visit, agency: Node) -> None:
    called = call_next(
        actor=visit.actor,
        agency_id=agency.id,
        at=visit.at,
        window=request.POST.get("window", ""),
        after=number(request.POST, "after"),
    )
    messages.success(request, _("Đã gọi số %(number)s.") % {"number": called})


def _recall(request: HttpRequest, visit: Visit, agency: Node) -> None:
    again = number(request.POST, "number") or 0
    recall(
        actor=visit.actor,
        agency_id=agency.id,
        at=visit.at,
        window=request.POST.get("window", ""),
        number=again,
    )
    messages.success(request, _("Đã gọi lại số %(number)s.") % {"number": again})


def _end(request: HttpRequest, visit: Visit, agency: Node) -> None:
    end(
        actor=visit.actor,
        agency_id=agency.id,
        at=visit.at,
        number=number(request.POST, "number") or 0,
        as_="miss" if request.POST.get("do") == "miss" else "serve",
    )


_ACTS: dict[str, Callable[[HttpRequest, Visit, Node], None]] = {
    "next": _next,
    "recall": _recall,
    "serve": _end,
    "miss": _end,
}


def _show(
    request: HttpRequest,
    visit: Visit,
    agency: Node,
    counters: list[Node],
    window: str,
    problem: Refused | None = None,
) -> HttpResponse:
    box = Box(
        name="window",
        label=_("Quầy số"),
        value=window,
        error=said(problem) if problem else "",
        required=True,
        width="short",
    )
    context = {
        "agency": agency,
        "name": agency.name(language()),
        "counters": counters,
        "window": box,
        "queue": queries.desk(visit.actor, agency.id, visit.at),
    }
    return page(request, "tickets.html", context, status=422 if problem else 200)
