"""Hiện: having one masked value of a record shown for a purpose."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.core.access.masks import PurposeMissing
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.revealing import reveal
from motcua.core.registers.rights import record_of
from motcua.core.registers.showing import said
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.views.reveal import purpose_box
from motcua.faces.desk.words import language
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import faults_of
from motcua.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def reveal_record(
    request: HttpRequest, visit: Visit, register: str, number: int, field: str
) -> HttpResponse:
    """Ask what it is needed for, write the look down, and show the value as the record has it."""
    declaration = register_of(register)
    row = record_of(visit.actor, declaration, number)
    rule = declaration.field_rules.get(field)
    if rule is None:
        raise Http404
    context = {
        "code": row.title,
        "back": reverse("desk:record", args=[declaration.key, row.pk]),
        "label": rule.label.text(language()),
    }
    if request.method != "POST":
        return _form(request, row, field, context)
    try:
        purpose = str(request.POST.get("purpose", ""))
        value = reveal(
            reader=reads.reader(request, visit.actor, visit.at),
            declaration=declaration,
            record_id=row.pk,
            field=field,
            purpose=purpose,
        )
    except Refused as refusal:
        if not isinstance(refusal, PurposeMissing) and not refusal.code.startswith("text."):
            raise
        return _form(request, row, field, context, refusal)
    told = {"value": said(rule, value, language()), "purpose": purpose.strip()}
    return page(request, "revealed.html", context | told)


def _form(
    request: HttpRequest,
    row: Record,
    field: str,
    context: Mapping[str, object],
    refusal: Refused | None = None,
) -> HttpResponse:
    box = purpose_box(request, refusal, of_record=True)
    told = {
        "action": reverse("desk:record_reveal", args=[row.register, row.pk, field]),
        "boxes": [box],
        "errors": faults_of([box]),
    }
    return page(request, "reveal.html", {**context, **told}, status=422 if refusal else 200)
