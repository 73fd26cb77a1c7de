"""Sao văn bản: the form by which who signs for an agency copies what it issued or received."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.access import log
from motcua.core.official import copying
from motcua.core.official.carrying import Done
from motcua.core.official.copying import Wanted, may_copy
from motcua.core.official.faults import NotYourAgency
from motcua.core.official.kinds import COPIES, RECOPIED
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.rights import arrival_of, document_of
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.proving import proven
from motcua.faces.desk.shown.document import recipients_in, ways
from motcua.faces.desk.views.documents import note, problems_of
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box, Fault, faults_of
from motcua.faces.ui.forms import request_key
from motcua.faces.ui.views import code_box
from motcua.kernel.errors import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def document_copy(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show the form of a copy of an outgoing document, or make it."""
    row = document_of(visit.actor, number)

    def act(seen: Visit, wanted: Wanted, key: str) -> Done:
        return copying.copy_document(
            actor=seen.actor, at=seen.at, document_id=row.pk, wanted=wanted, key=key
        )

    return _form(request, visit, row, act, reverse("desk:document", args=[row.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def arrival_copy(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show the form of a copy of an incoming document, or make it."""
    row = arrival_of(visit.actor, number)

    def act(seen: Visit, wanted: Wanted, key: str) -> Done:
        return copying.copy_arrival(
            actor=seen.actor, at=seen.at, arrival_id=row.pk, wanted=wanted, key=key
        )

    return _form(request, visit, row, act, reverse("desk:arrival", args=[row.pk]))


def _form(
    request: HttpRequest,
    visit: Visit,
    row: OutgoingDocument | IncomingDocument,
    act: Callable[[Visit, Wanted, str], Done],
    back: str,
) -> HttpResponse:
    if not may_copy(visit.actor, row, visit.on):
        raise NotYourAgency
    problems: dict[str, Refused] = {}
    sent = request.POST
    if request.method == "POST":
        wanted = Wanted(
            form=sent.get("form", ""),
            position=sent.get("position", ""),
            authority=sent.get("authority", ""),
            parts=sent.get("parts", ""),
            recipients=tuple(recipients_in(sent.get("to", ""), "copy")),
        )
        try:
            done = act(proven(request, visit), wanted, request_key(sent))
        except Refused as refusal:
            problems = problems_of(refusal)
        else:
            messages.success(request, _("Đã cấp số bản sao; chữ ký số cơ quan có sau giây lát."))
            return redirect("desk:document", done.document_id)
    name = "document" if isinstance(row, OutgoingDocument) else "arrival"
    note(request, visit, f"{name}.{row.pk}", kind=log.Kind.OPENED, agency=row.agency_id)
    boxes = _boxes(row, {one: sent.get(one, "") for one in sent}, problems)
    named = {one.name for one in boxes} | {"proof"}
    whole = [Fault("main", one.text(language())) for at, one in problems.items() if at not in named]
    context = {
        "row": row,
        "back": back,
        "boxes": boxes,
        "proof": None if visit.actor.proven else code_box(problems.get("proof"), name="proof"),
        "key": request_key(sent),
        "errors": [*whole, *faults_of(boxes)],
    }
    return page(request, "copy_form.html", context, status=422 if problems else 200)


def _boxes(
    row: OutgoingDocument | IncomingDocument, sent: dict[str, str], problems: dict[str, Refused]
) -> list[Box]:
    asked: list[tuple[str, str, str, bool, tuple[tuple[str, str], ...], str]] = [
        ("form", _("Hình thức sao"), "choice", True, _forms(row), ""),
        ("parts", _("Phần được trích"), "text", False, (), _parts_hint(row)),
        ("authority", _("Thể thức ký"), "choice", False, ways(), ""),
        ("position", _("Chức vụ người ký"), "multiline", True, (),
         _("Viết hoa, ví dụ GIÁM ĐỐC; ký thay thì thêm dòng PHÓ GIÁM ĐỐC")),
        ("to", _("Nơi nhận"), "multiline", False, (),
         _("Mỗi nơi một dòng: Tên; thư điện tử (nếu có)")),
    ]  # fmt: skip
    return [
        Box(
            name=name,
            label=label,
            kind=kind,
            value=sent.get(name, ""),
            required=required,
            choices=choices,
            hint=hint,
            error=problems[at].text(language()) if (at := _AT.get(name, name)) in problems else "",
            width="middle" if name == "parts" else "",
        )
        for name, label, kind, required, choices, hint in asked
    ]


_AT = {"to": "recipients"}


def _forms(row: OutgoingDocument | IncomingDocument) -> tuple[tuple[str, str], ...]:
    """Give the forms of copy that can be made of it."""
    names = {key: one.name.text(language()) for key, one in COPIES.items()}
    if isinstance(row, OutgoingDocument):
        names = (
            {RECOPIED: names[RECOPIED]}
            if row.kind in COPIES
            else {key: one for key, one in names.items() if key != RECOPIED}
        )
    return tuple(names.items())


def _parts_hint(row: OutgoingDocument | IncomingDocument) -> str:
    if isinstance(row, IncomingDocument):
        return _("Chỉ với trích sao: số thứ tự các trang, ví dụ 2, 4-6")
    return _("Chỉ với trích sao: số thứ tự các đoạn, ví dụ 2, 4-6")
