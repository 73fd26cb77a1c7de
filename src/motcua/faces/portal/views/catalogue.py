"""Finding out: the front page, the list of procedures, one procedure."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from motcua.core.areas.looking import find
from motcua.core.catalogue import queries as published
from motcua.core.catalogue.comparing import of_contents
from motcua.core.catalogue.queries import Shown
from motcua.core.dossiers.filing import receivers_of
from motcua.core.now import now
from motcua.core.procedures.queries import Current, NotOffered, current, offered
from motcua.core.procedures.systems import system_of
from motcua.faces.portal import places, shown
from motcua.faces.portal.jumps import jump
from motcua.faces.portal.resumed import resumed
from motcua.faces.portal.statistics import measured
from motcua.faces.ui import listed
from motcua.faces.ui.diagram import diagram
from motcua.faces.ui.numbers import number_in, page_in

_MAX_QUERY = 200
_ON_FRONT = 6
_MOST_AWAITING = 200
_MOST_PLACES = 5


def home(request: HttpRequest) -> HttpResponse:
    """Show the search box, what people come for, and some procedures."""
    found = [one.declaration for one in offered()[:_ON_FRONT]]
    return render(
        request, "portal/home.html", {"procedures": found, "drafts": resumed(request, now())}
    )


def catalogue(request: HttpRequest) -> HttpResponse:
    """List what can be filed here, then what else the catalogue has; found without accents."""
    query = str(request.GET.get("q", ""))[:_MAX_QUERY].replace("\x00", "").strip()
    if (there := jump(query)) is not None:
        return redirect(there)
    found = offered(query)
    here = {one.declaration.code for one in offered()}
    others = published.search(query, without=here, page=page_in(request.GET))
    awaiting = published.awaiting(query, without=here, size=_MOST_AWAITING)
    context = {
        "awaiting": awaiting,
        "query": query,
        "groups": shown.grouped(found),
        "count": len(found),
        "listed": others,
        "total": len(found) + others.count + awaiting.count,
    }
    if query and not context["total"]:
        context["places"] = _places(query)
    return render(request, "portal/catalogue.html", context)


def _places(query: str) -> list[places.Line]:
    """Give units of this name, old or new: perhaps a place was meant."""
    return places.lines(find(query).areas[:_MOST_PLACES], timezone.localdate(now()))


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """Tell everything about one procedure; of one that does not run here, what is published.

    Of one that no citizen can ask for it says just that.
    """
    try:
        found = current(code)
    except NotOffered as refusal:
        try:
            return _listed(request, code)
        except published.UnknownListing:
            raise refusal from None
    if found.declaration.inward:
        return render(request, "portal/inward.html", {"procedure": found.declaration})
    return _offered(request, found)


def _offered(request: HttpRequest, found: Current) -> HttpResponse:
    declaration = found.declaration
    identity = shown.identity(declaration)
    context = {
        "procedure": declaration,
        "drafts": resumed(request, now(), code=declaration.code),
        "listing": published.of_procedure(declaration.code),
        "code": identity[0],
        "identity": identity,
        "facts": shown.facts(declaration),
        "papers": shown.papers(declaration),
        "laws": shown.laws(declaration),
        "steps": shown.steps(declaration),
        "diagram": diagram(declaration, system_of(declaration.system).posts),
        "steps_doubt": shown.doubt(declaration.sources.get("hours")),
        "measured": measured(found.procedure_id),
        "receivers": receivers_of(declaration, timezone.localtime(now()).date()),
        "online": "public" in declaration.channels,
        "counter": "counter" in declaration.channels,
    }
    return render(request, "portal/procedure.html", context)


def listing(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what the catalogue publishes of a procedure, whether it runs here or not."""
    return _listed(request, code)


def _listed(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what is published; of what never was, why not, and what documents say of it."""
    try:
        found = published.find(code)
    except published.UnknownListing:
        return _awaiting(request, published.draft_of(code))
    return _published(request, found)


def _awaiting(request: HttpRequest, found: Shown) -> HttpResponse:
    context = {**listed.told_surely(found), "runs": _runs(found)}
    return render(request, "portal/awaiting.html", context)


def _published(request: HttpRequest, found: Shown) -> HttpResponse:
    editions = published.editions(found.listing)
    runs = _runs(found)
    context = {**listed.told(found), "editions": editions, "runs": runs}
    return render(request, "portal/listing.html", context)


def _runs(found: Shown) -> str:
    """Give the code under which the procedure can be filed here, if it can."""
    code = found.listing.procedure or found.listing.key
    return code if code in {one.declaration.code for one in offered()} else ""


def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Put two published editions of a procedure side by side."""
    numbers = number_in(request.GET, "truoc"), number_in(request.GET, "sau")
    before, after = published.pair(code, *numbers)
    differences = of_contents(before.content, after.content)
    context = {
        "listing": after.listing,
        "before": before.edition,
        "after": after.edition,
        "differences": listed.compared(differences),
    }
    return render(request, "portal/compare.html", context)
