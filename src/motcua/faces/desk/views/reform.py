"""Sắp xếp tổ chức: plans of reforms, what each would move where, and undoing one before its day."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.reform.faults import NoReform
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import readable, undo
from motcua.core.reform.preview import preview
from motcua.core.reform.reading import read_plan
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language, post_names
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_date

_SHOWN = 500


@require_safe
@desk
def reforms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the plans for agencies that the officer stands above."""
    return page(request, "reforms.html", {"rows": readable(visit.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def reform(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show what a plan would move where and what forbids it, or undo it."""
    row = next((one for one in readable(visit.actor) if one.pk == number), None)
    if row is None:
        raise NoReform
    if request.method == "POST":
        undo(actor=visit.actor, at=visit.at, reform_id=row.pk)
        messages.success(request, _("Đã hủy phương án ngày %s.") % format_date(row.on))
        return redirect("desk:reforms")
    return page(request, "reform.html", _context(row))


def _context(row: Reform) -> dict[str, object]:
    context: dict[str, object] = {"row": row, "is_planned": row.state == Reform.State.PLANNED}
    if row.state != Reform.State.PLANNED:
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
