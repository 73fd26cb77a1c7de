"""Danh mục thủ tục for officers: drafts with their gaps, editions and versions side by side."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.catalogue import queries
from motcua.core.catalogue.comparing import Difference, differences, of_contents
from motcua.core.catalogue.proposals import open_proposal
from motcua.core.procedures.bpmn import bpmn
from motcua.core.procedures.declaration import Text
from motcua.core.procedures.models import Version
from motcua.core.procedures.process_xlsx import table_of
from motcua.core.procedures.queries import Current, NotOffered, current, version_numbered
from motcua.core.procedures.systems import system_of
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.words import language
from motcua.faces.ui import listed
from motcua.faces.ui.diagram import Diagram, diagram
from motcua.faces.ui.numbers import number_in

_MAX_QUERY = 200
_PROCESS = "quy-trinh"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@desk
def listings(request: HttpRequest, visit: Visit) -> HttpResponse:  # noqa: ARG001 - any officer
    """List the catalogue, drafts among it."""
    query = request.GET.get("q", "")[:_MAX_QUERY].replace("\x00", "").strip()
    found = queries.search(query, drafts=True, page=page_number(request))
    return page(request, "listings.html", {"query": query, "listed": found})


@require_safe
@desk
def listing_page(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:
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
        "diagram": _drawn(code),
        "row": open_proposal(found.listing),
        "may_begin": bool(visit.actor.posts),
        "key": str(uuid.uuid4()),
    }
    return page(request, "listing.html", context)


def _drawn(code: str) -> Diagram | None:
    """Draw the process in force; None where none runs here."""
    try:
        found = current(code)
    except NotOffered:
        return None
    return diagram(found.declaration, _posts(found))


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
        "before": named % found.before,
        "after": named % found.after,
        "differences": listed.compared(found.differences),
    }
    return page(request, "compare.html", context)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The numbers of what was compared, and how it differs."""

    before: int
    after: int
    differences: tuple[Difference, ...]


def _editions(key: str, before: int, after: int) -> _Compared:
    old, new = queries.pair(key, before, after, drafts=True)
    found = of_contents(old.content, new.content)
    return _Compared(old.edition.number, new.edition.number, found)


def _versions(code: str, before: int, after: int) -> _Compared:
    old, new = version_numbered(code, before), version_numbered(code, after)
    return _Compared(before, after, differences(json.loads(old.body), json.loads(new.body)))


@require_safe
@desk
def process_table(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:  # noqa: ARG001
    """Give the internal process in force as the official table, in XLSX."""
    found = current(key)
    number = Version.objects.values_list("number", flat=True).get(pk=found.version_id)
    file = table_of(found.declaration, _posts(found), number)
    return _file(file, _XLSX, f"quy-trinh-{found.declaration.code}.xlsx")


@require_safe
@desk
def process_bpmn(request: HttpRequest, visit: Visit, key: str) -> HttpResponse:  # noqa: ARG001
    """Give the process in force as BPMN 2.0."""
    found = current(key)
    file = bpmn(found.declaration, _posts(found), language())
    return _file(file, "application/xml", f"quy-trinh-{found.declaration.code}.bpmn")


def _posts(found: Current) -> dict[str, Text]:
    return dict(system_of(found.declaration.system).posts)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
