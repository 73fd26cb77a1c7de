"""What is my commune now? Units by the words of an old paper, and the history of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.core.areas import queries
from motcua.core.areas.looking import find
from motcua.core.now import now
from motcua.faces.portal import places

_MAX_QUERY = 200


def areas(request: HttpRequest) -> HttpResponse:
    """Find units and departments by name or code, each with who holds it today."""
    query = str(request.GET.get("q", ""))[:_MAX_QUERY].replace("\x00", "").strip()
    found, today = find(query), timezone.localdate(now())
    context = {
        "query": query,
        "provinces": queries.provinces(),
        "lines": places.lines(found.areas, today),
        "agencies": places.listed_lines(found.agencies, today),
        "count": found.count,
        "more": found.count > len(found.areas),
    }
    return render(request, "portal/areas.html", context)


def area(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Tell one version of a unit: its facts with their source, what it came from and became."""
    one = queries.area(unit_id)
    (line,) = places.lines([one], timezone.localdate(now()))
    context = {
        "area": one,
        "line": line,
        "tier": places.TIERS.get(one.tier, one.tier),
        "forward": places.forward(one),
        "back": places.back(one),
        "children": one.children.select_related("parent").order_by("folded", "unit_id"),
    }
    return render(request, "portal/area.html", context)
