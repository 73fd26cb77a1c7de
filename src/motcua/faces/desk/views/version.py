"""Chuyển phiên bản: what a published map would make of one dossier, and taking it over."""

from __future__ import annotations

import datetime
import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.access.heads import heads
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.migrating.acts import (
    Chart,
    NotYoursToMigrate,
    chart,
    charts_for,
    migrate,
    prepared,
)
from motcua.core.procedures.models import Version
from motcua.core.procedures.queries import declared
from motcua.core.sql import reading
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number
from motcua.faces.desk.pages import page, refused, shown_code
from motcua.faces.desk.words import language, place_name
from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Road:
    """A map as it is offered: to which version and step, due when, or why not."""

    map_id: int
    number: int
    step: str
    due_at: datetime.datetime | None
    why_not: str


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def version(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Show where each map leads, or take the dossier over; the preview writes nothing."""
    snapshot = find_one(visit.actor, code)
    if not heads(visit.actor, snapshot.now.holding_agency_id):
        return refused(request, NotYoursToMigrate(), snapshot, declaration_of(snapshot))
    if request.method != "POST":
        return _offer(request, visit, snapshot)
    try:
        migrate(
            actor=visit.actor,
            at=visit.at,
            dossier_id=snapshot.id,
            by=chart(number(request.POST, "map") or 0),
            key=request.POST.get("key", ""),
            revision=number(request.POST, "revision"),
        )
    except Refused as refusal:
        return refused(request, refusal, snapshot, declaration_of(snapshot))
    messages.success(request, _("Đã chuyển hồ sơ %s sang phiên bản mới.") % shown_code(snapshot))
    return redirect("desk:dossier", shown_code(snapshot))


def _offer(request: HttpRequest, visit: Visit, snapshot: Snapshot) -> HttpResponse:
    context = {
        "code": shown_code(snapshot),
        "step": place_name(declaration_of(snapshot), snapshot.now.marking.at),
        "due_at": snapshot.now.due_at,
        "revision": snapshot.revision,
        "key": str(uuid.uuid4()),
        "roads": [_road(visit, snapshot, one) for one in charts_for(visit.actor, snapshot)],
    }
    return page(request, "version.html", context)


def _road(visit: Visit, snapshot: Snapshot, by: Chart) -> Road:
    to = Version.objects.values_list("number", flat=True).get(pk=by.target_id)
    try:
        plan = prepared(reading(), snapshot, visit.at, by).plan
    except Refused as refusal:
        return Road(by.map_id, to, "", None, refusal.text(language()))
    step = place_name(declared(by.target_id), plan.now.marking.at)
    return Road(by.map_id, to, step, plan.now.due_at, "")
