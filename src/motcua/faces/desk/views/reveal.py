"""Hiện: having one masked value, or a file, shown for a purpose."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.access.masks import PurposeMissing
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.revealing import APPLICANT, FORM, reveal, stated_purpose
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, shown_code
from motcua.faces.desk.shown.facts import answer, applicant_labels
from motcua.faces.desk.views.files import hand_out
from motcua.faces.desk.words import language
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Box, faults_of
from motcua.kernel.errors import Refused

_FILE = re.compile(r"(evidence|paper)\.[0-9]{1,18}")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def show(request: HttpRequest, visit: Visit, code: str, field: str) -> HttpResponseBase:
    """Ask what it is needed for, write the look down, and show the value or hand out the file."""
    snapshot = find_one(visit.actor, code)
    declaration = declaration_of(snapshot)
    label = _label(declaration, field)
    if request.method != "POST":
        return _form(request, snapshot, field, label)
    try:
        purpose = stated_purpose(str(request.POST.get("purpose", "")))
    except Refused as refusal:
        if not isinstance(refusal, PurposeMissing) and not refusal.code.startswith("text."):
            raise
        return _form(request, snapshot, field, label, refusal)
    if _FILE.fullmatch(field):
        return hand_out(request, visit, code, field, purpose)
    reader = reads.reader(request, visit.actor, visit.at)
    value = reveal(reader=reader, snapshot=snapshot, field=field, purpose=purpose)
    rule = next((one for one in declaration.fields if field == f"{FORM}.{one.key}"), None)
    shown = answer(rule, value) if rule else str(value)
    told = shown_code(snapshot)
    context = {"code": told, "back": reverse("desk:dossier", args=[told]), "label": label}
    return page(request, "revealed.html", context | {"value": shown, "purpose": purpose})


def _label(declaration: Declaration, field: str) -> str:
    """Name what is asked for; what no dossier of the procedure has is no page."""
    part, _dot, name = field.partition(".")
    labels = {f"{FORM}.{one.key}": one.label.text(language()) for one in declaration.fields}
    labels |= {f"{APPLICANT}.{key}": words for key, words in applicant_labels().items()}
    if _FILE.fullmatch(field):
        kind = _("Giấy tờ nộp") if part == "evidence" else _("Văn bản phát hành")
        return f"{kind} {name}"
    if field not in labels:
        raise Http404
    return labels[field]


def _form(
    request: HttpRequest, snapshot: Snapshot, field: str, label: str, refusal: Refused | None = None
) -> HttpResponse:
    box = purpose_box(request, refusal)
    code = shown_code(snapshot)
    context = {
        "code": code,
        "back": reverse("desk:dossier", args=[code]),
        "action": reverse("desk:reveal", args=[code, field]),
        "label": label,
        "boxes": [box],
        "errors": faults_of([box]),
    }
    return page(request, "reveal.html", context, status=422 if refusal else 200)


def purpose_box(request: HttpRequest, refusal: Refused | None, *, of_record: bool = False) -> Box:
    """Give the box that asks for the purpose; of a record there is no applicant who is told."""
    hint = (
        _("Ví dụ: gọi điện xác minh. Mục đích được lưu lại.")
        if of_record
        else _("Ví dụ: đối chiếu giấy tờ gốc. Người nộp thấy bạn đã xem; mục đích được lưu lại.")
    )
    return Box(
        name="purpose",
        label=_("Mục đích xem"),
        hint=hint,
        value=str(request.POST.get("purpose", "")),
        error=refusal.text(language()) if refusal else "",
        required=True,
    )
