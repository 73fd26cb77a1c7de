"""Bản ghi: one record of a register, its history, and the forms that change it."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.agencies.queries import agency, tree
from motcua.core.places import places
from motcua.core.registers import acts
from motcua.core.registers.declaration import GEOMETRY, ReferenceRule, RegisterDeclaration
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record, RecordLink, RecordVersion
from motcua.core.registers.preparing import Order
from motcua.core.registers.rights import NotYourRegister, keeps, kept_agencies, readable, record_of
from motcua.core.registers.rules import version_at
from motcua.core.registers.showing import Shower
from motcua.faces.desk.acting import NO_REVISION
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.shown.register import boxes_of, filled, history, with_titles
from motcua.faces.desk.views.registers import note
from motcua.faces.desk.words import language
from motcua.faces.ui.boxes import Box, Fault
from motcua.faces.ui.forms import (
    read_rules,
    request_key,
    shown_revision,
    summary,
    whole_number,
    with_errors,
)
from motcua.faces.ui.sketch import sketch
from motcua.kernel import geometry
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import parse_date

_NAMED_BY = 50
_DAY = 20


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def record(request: HttpRequest, visit: Visit, register: str, number: int) -> HttpResponse:
    """Show a record as it is, or as it was on a day; or confirm, retire or restore it."""
    declaration = register_of(register)
    row = record_of(visit.actor, declaration, number)
    if request.method != "POST":
        return _record(request, visit, declaration, row, [])
    act = _ACTS.get(request.POST.get("do", ""))
    try:
        told = _act_of(visit, declaration, row, request.POST)
        said = act(told, request.POST) if act is not None else ""
    except Refused as refusal:
        return _record(request, visit, declaration, row, [Fault("main", refusal.text(language()))])
    if said:
        messages.success(request, said)
    return redirect("desk:record", declaration.key, row.pk)


def _record(
    request: HttpRequest,
    visit: Visit,
    declaration: RegisterDeclaration,
    row: Record,
    faults: list[Fault],
) -> HttpResponse:
    if declaration.is_personal:
        note(request, visit, declaration, record=row.pk, agency=row.agency_id)
    then = _day(request.GET.get("ngay", ""))
    told = row if then is None else _as_of(row, then)
    shape = geometry.kept(told.geometry) if told else None
    shown = [told] if told else []
    shower = Shower(visit.actor, declaration, shown, language(), kept_by=row.agency_id)
    broken = set(row.broken.strip(",").split(","))
    context = {
        "register": declaration,
        "record": row,
        "then": then,
        "is_then": told is not None,
        "retired": bool(told and told.retired),
        "since": told.since if told else None,
        "cells": shower.cells(told) if told else (),
        "sketch": sketch(shape) if shape else None,
        "places": shape.lines() if shape else "",
        "metres": round(shape.length()) if shape and shape.kind != "point" else None,
        "agency": tree().nodes[(told or row).agency_id],
        "broken": [one for one in declaration.rules if one.key in broken],
        "blank": row.asked - row.filled,
        "live_until": row.confirmed_on + datetime.timedelta(days=declaration.cycle_days),
        "is_stale": row.confirmed_on + datetime.timedelta(days=declaration.cycle_days) <= visit.on,
        "keeps": keeps(visit.actor, declaration, row.agency_id),
        "named_by": _named_by(visit, row),
        "key": str(uuid.uuid4()),
        "errors": faults,
        "reason": request.POST.get("reason", ""),
    }
    return page(request, "record.html", context, status=422 if faults else 200)


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text[:_DAY]) if text.strip() else None
    except Refused:
        return None


def _versions(row: Record) -> list[RecordVersion]:
    return list(RecordVersion.objects.filter(pk__range=places(row.pk)).order_by("pk"))


def _as_of(row: Record, on: datetime.date) -> RecordVersion | None:
    return version_at(_versions(row), on=on)


def _named_by(visit: Visit, row: Record) -> list[tuple[RegisterDeclaration, Record]]:
    """Give the records in use that name this one, of the registers that the officer reads."""
    links = RecordLink.objects.filter(target=row, record__retired=False)
    keys = links.order_by().values_list("record__register", flat=True).distinct()
    found: list[tuple[RegisterDeclaration, Record]] = []
    for key in sorted(keys):
        declaration = register_of(key)
        rows = readable(visit.actor, declaration).filter(links__target=row, retired=False)
        found += [(declaration, one) for one in rows.order_by("-id").distinct()[:_NAMED_BY]]
    return found[:_NAMED_BY]


def _confirm(act: dict[str, Any], _sent: QueryDict) -> str:
    acts.confirm(**act)
    return _("Đã xác nhận bản ghi còn đúng.")


def _retire(act: dict[str, Any], sent: QueryDict) -> str:
    acts.retire(**act, reason=sent.get("reason", ""))
    return _("Đã ngừng bản ghi.")


def _restore(act: dict[str, Any], sent: QueryDict) -> str:
    acts.restore(**act, reason=sent.get("reason", ""))
    return _("Đã khôi phục bản ghi.")


def _act_of(
    visit: Visit, declaration: RegisterDeclaration, row: Record, sent: QueryDict
) -> dict[str, Any]:
    """Give what every act on a record is told; a form that states no revision is stale."""
    return {
        "actor": visit.actor,
        "at": visit.at,
        "declaration": declaration,
        "record_id": row.pk,
        "revision": shown_revision(sent) or NO_REVISION,
        "key": request_key(sent),
    }


_ACTS: dict[str, Callable[[dict[str, Any], QueryDict], str]] = {
    "confirm": _confirm,
    "retire": _retire,
    "restore": _restore,
}


@require_safe
@desk
def record_history(request: HttpRequest, visit: Visit, register: str, number: int) -> HttpResponse:
    """Show every version of a record, the last one first, with what each changed."""
    declaration = register_of(register)
    row = record_of(visit.actor, declaration, number)
    if declaration.is_personal:
        note(request, visit, declaration, record=row.pk, agency=row.agency_id)
    told = history(visit.actor, declaration, row, _versions(row))
    context = {"register": declaration, "record": row, "versions": told}
    return page(request, "record_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def record_new(request: HttpRequest, visit: Visit, register: str) -> HttpResponse:
    """Show the form of a new record, with what the address says in its boxes, or enter it."""
    declaration = register_of(register)
    agencies = kept_agencies(visit.actor, declaration, visit.on)
    if not agencies:
        raise NotYourRegister
    if request.method != "POST":
        return _form(request, visit, declaration, _said(request.GET), {})
    sent = request.POST
    chosen = whole_number(sent.get("agency", "")) or agencies[0].id
    try:
        done = acts.enter(
            actor=visit.actor,
            at=visit.at,
            declaration=declaration,
            agency_id=agency(chosen).id,
            order=_order(declaration, sent),
            key=request_key(sent),
        )
    except Refused as refusal:
        return _form(request, visit, declaration, sent, _problems(refusal))
    messages.success(request, _("Đã ghi vào sổ."))
    return redirect("desk:record", declaration.key, done.record_id)


def _said(asked: QueryDict) -> QueryDict:
    """Give what an address says of a new record: a page that knows it leads here with it."""
    first = QueryDict(mutable=True)
    first.update({key: str(asked[key]) for key in asked if key.startswith("fields.")})
    return first


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def record_edit(request: HttpRequest, visit: Visit, register: str, number: int) -> HttpResponse:
    """Show the form of a record as it stands, or change it."""
    declaration = register_of(register)
    row = record_of(visit.actor, declaration, number)
    if not keeps(visit.actor, declaration, row.agency_id):
        raise NotYourRegister
    if request.method != "POST":
        if declaration.is_personal:
            note(request, visit, declaration, record=row.pk, agency=row.agency_id)
        shower = Shower(visit.actor, declaration, [row], language())
        first = QueryDict(mutable=True)
        first.update(filled(declaration, row, shower.values(row)))
        first["revision"] = str(row.number)
        return _form(request, visit, declaration, first, {}, row)
    sent = request.POST
    try:
        order = _order(declaration, sent)
        acts.change(**_act_of(visit, declaration, row, sent), order=order)
    except Refused as refusal:
        return _form(request, visit, declaration, sent, _problems(refusal), row)
    messages.success(request, _("Đã ghi phiên bản mới."))
    return redirect("desk:record", declaration.key, row.pk)


def _order(declaration: RegisterDeclaration, sent: QueryDict) -> Order:
    values = read_rules(declaration.fields, sent)
    references = [one for one in declaration.parts() if isinstance(one, ReferenceRule)]
    values.update({one.key: sent.get(f"fields.{one.key}", "") for one in references})
    parts = [sent.get(f"since.{part}", "").strip() for part in ("day", "month", "year")]
    since = parse_date("/".join(parts)) if any(parts) else None
    return Order(values, sent.get(GEOMETRY, ""), since, sent.get("reason", ""))


def _problems(refusal: Refused) -> dict[str, Refused]:
    return dict(refusal.problems) if isinstance(refusal, Invalid) else {"": refusal}


def _form(
    request: HttpRequest,
    visit: Visit,
    declaration: RegisterDeclaration,
    sent: QueryDict,
    problems: dict[str, Refused],
    row: Record | None = None,
) -> HttpResponse:
    boxes = with_titles(boxes_of(declaration, sent, visit.on), declaration)
    boxes = list(with_errors(boxes, problems, language()))
    agencies = kept_agencies(visit.actor, declaration, visit.on)
    context = {
        "register": declaration,
        "record": row,
        "boxes": boxes,
        "since": _since_box(sent),
        "agencies": agencies,
        "chosen": sent.get("agency", ""),
        "revision": sent.get("revision", ""),
        "key": request_key(sent),
        "errors": summary(boxes, problems, language()),
    }
    return page(request, "record_form.html", context, status=422 if problems else 200)


def _since_box(sent: QueryDict) -> Box:
    return Box(
        name="since",
        label=_("Đúng từ ngày"),
        kind="date",
        hint=_("Để trống là từ hôm nay"),
        day=sent.get("since.day", ""),
        month=sent.get("since.month", ""),
        year=sent.get("since.year", ""),
    )
