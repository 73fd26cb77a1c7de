"""Sắp xếp tổ chức: plans of reforms, what each would move where, and undoing one before its day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.dossiers.house import digest_of
from motcua.core.people.models import Officer
from motcua.core.reform.faults import NoReform
from motcua.core.reform.ground import Ground
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import decides, drawable, readable, undo
from motcua.core.reform.preview import preview
from motcua.core.reform.reading import read_plan
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.drawing_forms import ending, heirs, nodes
from motcua.faces.desk.shown.drawn import endings, fault_texts
from motcua.faces.desk.words import language, post_names
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_date

_SHOWN, _PARTS = 500, 50
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """Which page of a draft's parts is shown."""

    page: int
    pages: int


@require_safe
@desk
def reforms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the plans for agencies that the officer stands above."""
    draws = bool(drawable(visit.actor, visit.on)[0])
    return page(request, "reforms.html", {"rows": readable(visit.actor), "draws": draws})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def reform(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show what a plan would move where and what forbids it, or undo it; a draft is drawn on."""
    row = next((one for one in readable(visit.actor) if one.pk == number), None)
    if row is None:
        raise NoReform
    if request.method == "POST":
        undo(actor=visit.actor, at=visit.at, reform_id=row.pk)
        said = _("Đã hủy phương án ngày %s.") % format_date(row.on)
        messages.success(request, said)
        return redirect("desk:reforms")
    context = _context(row) | {"decides": decides(visit.actor, row)}
    if row.state == Reform.State.DRAFT:
        context |= _drawn(visit, row, page_number(request))
    return page(request, "reform.html", context)


def _drawn(visit: Visit, row: Reform, wanted: int) -> dict[str, object]:
    """Give what a draft's page has besides: its parts to go to, and who may decide it."""
    ground = Ground(read_plan(row.text))
    found = preview(ground.order, of=row.pk)
    parts = endings(ground, found)
    pages = max(1, -(-len(parts) // _PARTS))
    number = min(wanted, pages)
    below, mine = drawable(visit.actor, row.on - _DAY)
    choices = (nodes(below), heirs(ground, mine))
    whose = {("from", one.code) for one in parts} | {("heir", one) for one in ground.order.heirs}
    texts = fault_texts(found.faults)
    return {
        "is_draft": True,
        "parts": parts[(number - 1) * _PARTS : number * _PARTS],
        "listed": Listed(number, pages),
        "new": ground.order.founds,
        "faults": [one for part, told in texts.items() if part not in whose for one in told],
        "faulty": sum(one.is_faulty for one in parts),
        "boxes": ending(QueryDict(), *choices, required=True),
        "digest": digest_of(row.text),
        "by": drawn_by(row),
    }


def _context(row: Reform) -> dict[str, object]:
    context: dict[str, object] = {"row": row, "is_planned": row.state == Reform.State.PLANNED}
    if row.state not in {Reform.State.PLANNED, Reform.State.DRAFT}:
        return context
    found, names = preview(read_plan(row.text), of=row.pk), post_names()
    return context | {
        "preview": found,
        "lines": found.lines[:_SHOWN],
        "people": [
            (one, names.get(one.post, one.post), names.get(one.new_post, one.new_post))
            for one in found.people[:_SHOWN]
        ],
        "faults": [_said(one) for one in found.faults],
        "warnings": [_said(one) for one in found.warnings],
    }


def _said(one: Refused) -> str:
    return one.text(language())


def drawn_by(row: Reform) -> str:
    """Name the officer who drew a draft up."""
    number = row.drawn_by.partition(":")[2]
    rows = Officer.objects.filter(pk=int(number) if number.isdecimal() else 0)
    return rows.values_list("name", flat=True).first() or ""
