"""Trợ giúp: whom to call, where to go, and what to do without a telephone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from motcua.core.now import now
from motcua.faces.portal.offices import offices
from motcua.faces.ui.numbers import page_in

_PAGE = 20
_MAX_QUERY = 100


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show the ways to get help, and the offices that a search leaves."""
    query = str(request.GET.get("q", ""))[:_MAX_QUERY].replace("\x00", "").strip()
    found = offices(query, localtime(now()).date())
    pages = max(1, -(-len(found) // _PAGE))
    page = min(page_in(request.GET), pages)
    context = {
        "query": query,
        "offices": found[(page - 1) * _PAGE : page * _PAGE],
        "listed": {"page": page, "pages": pages},
    }
    return render(request, "portal/help.html", context)
