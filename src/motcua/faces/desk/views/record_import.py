"""Nhập từ tệp: a file of records is looked at row by row, then taken in whole or not at all."""

from __future__ import annotations

import json

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from motcua.core.agencies.queries import tree
from motcua.core.files.store import FileTooLarge
from motcua.core.registers.declaration import GEOMETRY, Form, RegisterDeclaration
from motcua.core.registers.importing import import_of, look, take_in
from motcua.core.registers.loading import register_of
from motcua.core.registers.mails import turn_of
from motcua.core.registers.models import RecordImport
from motcua.core.registers.packed import Pack, is_pack, unpack
from motcua.core.registers.photos import PHOTO, keeper_of
from motcua.core.registers.rights import NotYourRegister, kept_agencies
from motcua.core.registers.sheets import NoRows
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Fault
from motcua.faces.ui.forms import whole_number
from motcua.kernel.errors import Refused

_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def record_import(request: HttpRequest, visit: Visit, register: str) -> HttpResponse:
    """Show what a file looks like, or take one up to be looked at."""
    declaration = register_of(register)
    agencies = kept_agencies(visit.actor, declaration, visit.on)
    if not agencies:
        raise NotYourRegister
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            row = _looked(request, visit, declaration, agencies[0].id)
        except Refused as refusal:
            faults = [Fault("file", refusal.text(language()))]
        else:
            return redirect("desk:record_import_look", declaration.key, row.code)
    context = {
        "register": declaration,
        "agencies": agencies,
        "columns": _columns(declaration),
        "takes_mails": turn_of(declaration.key) is not None,
        "takes_photos": keeper_of(declaration.key) is not None,
        "errors": faults,
    }
    return page(request, "record_import.html", context, status=422 if faults else 200)


def _looked(
    request: HttpRequest, visit: Visit, declaration: RegisterDeclaration, first: int
) -> RecordImport:
    file = request.FILES.get("file")
    if file is None:
        raise NoRows
    assert file.file is not None
    packed = keeper_of(declaration.key) is not None and is_pack(file.file)
    most = settings.MOTCUA_MAX_BODY_BYTES if packed else settings.MOTCUA_MAX_UPLOAD_BYTES
    if (file.size or 0) > most:
        raise FileTooLarge(limit_mb=most // 2**20)
    pack = unpack(file.file) if packed else Pack(file.read())
    return look(
        actor=visit.actor,
        at=visit.at,
        declaration=declaration,
        agency_id=whole_number(request.POST.get("agency", "")) or first,
        name=file.name or "",
        body=pack.body,
        photos=pack.photos,
    )


def _columns(declaration: RegisterDeclaration) -> list[tuple[str, str, bool]]:
    found = [(one.key, one.label.text(language()), one.required) for one in declaration.parts()]
    if declaration.form is not Form.NONE:
        said = _("Vị trí trên bản đồ: WKT, hoặc hai cột lat, lon")
        found.append((GEOMETRY, said, declaration.form_required))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def record_import_look(
    request: HttpRequest, visit: Visit, register: str, code: str
) -> HttpResponse:
    """Show what each row of a file would become, or take all of them in."""
    declaration = register_of(register)
    row = import_of(visit.actor, declaration, code, visit.at)
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            row = take_in(actor=visit.actor, at=visit.at, declaration=declaration, code=code)
        except Refused as refusal:
            row = import_of(visit.actor, declaration, code, visit.at)  # its look may be a new one
            faults = [Fault("main", refusal.text(language()))]
        else:
            counts = json.loads(row.report)["counts"]
            count, photos = counts["new"] + counts["changed"], counts.get("photos", 0)
            said = ngettext("Đã nhập %(n)s bản ghi.", "Đã nhập %(n)s bản ghi.", count)
            messages.success(request, said % {"n": count})
            if photos:
                said = ngettext("Kèm %(n)s ảnh.", "Kèm %(n)s ảnh.", photos)
                messages.success(request, said % {"n": photos})
            return redirect("desk:register", declaration.key)
    return page(
        request,
        "record_import_look.html",
        _context(declaration, row, faults),
        status=422 if faults else 200,
    )


def _context(
    declaration: RegisterDeclaration, row: RecordImport, faults: list[Fault]
) -> dict[str, object]:
    report = json.loads(row.report)
    labels = {key: words for key, words, _required in _columns(declaration)}
    return {
        "register": declaration,
        "row": row,
        "agency": tree().nodes[row.agency_id],
        "counts": report["counts"],
        "rows": [_line(one, labels) for one in report["rows"][:_SHOWN]],
        "more": len(report["rows"]) > _SHOWN,
        "errors": faults,
        "may_take": row.done_at is None
        and not report["counts"]["wrong"]
        and any(report["counts"].get(one) for one in ("new", "changed", "photos")),
    }


def _line(one: dict[str, object], labels: dict[str, str]) -> dict[str, object]:
    problems = one["problems"]
    assert isinstance(problems, list)
    whole = _("Khóa của bản ghi")
    told = [f"{labels.get(why['part'], whole)}: {why[language()]}" for why in problems]
    outcomes = {
        "new": _("Ghi mới"),
        "changed": _("Sửa"),
        "wrong": _("Sai"),
        PHOTO: _("Thêm ảnh"),
    }
    return {**one, "words": outcomes[str(one["outcome"])], "told": told}
