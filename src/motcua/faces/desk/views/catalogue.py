"""Danh mục thủ tục for officers: drafts with their gaps, editions and versions side by side."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.catalogue import queries
from motcua.core.catalogue.comparing import Difference, differences, of_contents
from motcua.core.procedures.models import Version
from motcua.core.procedures.queries import version_numbered
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.ui import listed
from motcua.faces.ui.numbers import number_in

_MAX_QUERY = 200
_PROCESS = "quy-trinh"


@require_safe
@desk
def listings(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001 - any officer
    """List the catalogue, drafts among it."""
    query = request.GET.get("q", "")[:_MAX_QUERY].replace("\x00", "").strip()
    found = queries.search(query, drafts=True, page=page_number(request))
    return page(request, "listings.html", {"query": query, "listed": found})


@require_safe
@desk
def listing_page(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:  # noqa: ARG001
    """Tell what the edition that stands says, what it lacks, and which others there are.

    With `ban` another edition is shown.
    """
    found = queries.find(key, drafts=True)
    if number := number_in(request.GET, "ban"):
        found = queries.edition(key, number, drafts=True)
    rows = queries.editions(found.listing, drafts=True)
    code = found.listing.procedure or found.listing.key
    context = {
        **listed.told(found),
        "gaps": listed.missing(found.content),
        "state": listed.state(found.edition),
        "editions": [(one, listed.state(one)) for one in rows],
        "versions": Version.objects.filter(procedure__code=code).order_by("-number"),
        "code": code,
    }
    return page(request, "listing.html", context)


@require_safe
@desk
def compare(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:  # noqa: ARG001
    """Put two editions side by side, or two versions of what runs here (`loai=quy-trinh`)."""
    numbers = number_in(request.GET, "truoc"), number_in(request.GET, "sau")
    of_process = request.GET.get("loai") == _PROCESS
    found = _versions(key, *numbers) if of_process else _editions(key, *numbers)
    named = _("Phiên bản %s") if of_process else _("Bản %s")
    title = _("So sánh hai phiên bản quy trình") if of_process else _("So sánh hai bản công bố")
    context = {
        "title": title,
        "key": key,
        "before": named % numbers[0],
        "after": named % numbers[1],
        "differences": listed.compared(found),
    }
    return page(request, "compare.html", context)


def _editions(key: str, before: int, after: int) -> tuple[Difference, ...]:
    old = queries.edition(key, before, drafts=True)
    new = queries.edition(key, after, drafts=True)
    return of_contents(old.content, new.content)


def _versions(code: str, before: int, after: int) -> tuple[Difference, ...]:
    old, new = version_numbered(code, before), version_numbered(code, after)
    return differences(json.loads(old.body), json.loads(new.body))
