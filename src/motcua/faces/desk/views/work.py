"""Việc của tôi: the open work of an officer, least time left first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import WorkItem
from motcua.core.procedures.queries import declared
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.reading.work import TABS, my_work
from motcua.faces.desk.shown.deadlines import Chip, of_work
from motcua.faces.desk.words import day, language, place_name
from motcua.faces.ui import reads


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of the work list."""

    code: str
    applicant: str
    procedure: str
    name: str
    step: str
    holder: str
    promised: str
    chip: Chip


@require_safe
@desk
def work(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show one tab of the work of the officer."""
    tab = request.GET.get("loai", "")
    if tab not in TABS:
        tab = ""
    found = my_work(visit.actor, visit.at, tab=tab, page=page_number(request))
    seen = [item.dossier_id for item in found.items]
    reads.listed(request, visit.actor, visit.at, "work", seen)
    names = (
        _("Tất cả"),
        _("Của tôi"),
        _("Của vị trí tôi giữ"),
        _("Quá hạn"),
        _("Đến hạn hôm nay"),
    )
    context = {
        "rows": [_row(visit, item) for item in found.items],
        "tabs": [(key, name, found.counts[key]) for key, name in zip(TABS, names, strict=True)],
        "tab": tab,
        "listed": found,
        "at": visit.at,
    }
    return page(request, "work.html", context)


def _row(visit: Visit, item: WorkItem) -> WorkRow:
    dossier = item.dossier
    declaration = declared(dossier.version_id)
    return WorkRow(
        code=dossier.code or dossier.lookup,
        applicant=name_in_list(visit.actor, dossier) or "–",
        procedure=declaration.short.text(language()),
        name=declaration.name.text(language()),
        step=place_name(declaration, item.step),
        holder=item.officer.name if item.officer else "",
        promised=day(dossier.promised_at),
        chip=of_work(item, visit.at, due=getattr(item, "due", None), paused=dossier.paused_since),
    )
