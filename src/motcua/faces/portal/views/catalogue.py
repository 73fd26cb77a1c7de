"""Finding out: the front page, the list of procedures, one procedure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.dossiers.filing import receivers_of
from motcua.core.now import now
from motcua.core.procedures.queries import current, offered
from motcua.faces.portal import shown

_MAX_QUERY = 200
_ON_FRONT = 6


def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, what people come for, and some procedures."""
    found = [one.declaration for one in offered()[:_ON_FRONT]]
    return render(request, "portal/home.html", {"procedures": found})


def catalogue(request: HttpRequest) -> HttpResponse:
    """List procedures; words are found without accents."""
    query = str(request.GET.get("q", ""))[:_MAX_QUERY].replace("\x00", "").strip()
    found = offered(query)
    context = {"query": query, "groups": shown.grouped(found), "count": len(found)}
    return render(request, "portal/catalogue.html", context)


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Tell everything about one procedure."""
    declaration = current(code).declaration
    identity = shown.identity(declaration)
    context = {
        "procedure": declaration,
        "code": identity[0],
        "identity": identity,
        "facts": shown.facts(declaration),
        "papers": shown.papers(declaration),
        "laws": shown.laws(declaration),
        "steps": shown.steps(declaration),
        "steps_doubt": shown.doubt(declaration.sources.get("hours")),
        "receivers": receivers_of(declaration, timezone.localtime(now()).date()),
        "online": "public" in declaration.channels,
        "counter": "counter" in declaration.channels,
    }
    return render(request, "portal/procedure.html", context)
