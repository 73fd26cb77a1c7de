"""Dùng chung cột: before a mast is built, whose masts stand so near that they are to be shared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.references import titles
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.ui.boxes import Fault
from motcua.faces.ui.forms import whole_number
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel import geometry
from motcua.kernel.errors import Refused
from motcua.systems.telecom.queries import (
    SITES,
    masts_around,
)
from motcua.systems.telecom.rules import (
    MastTooHigh,
    Near,
    SharingRule,
    must_fit,
    rule_on,
    to_ask,
)

_PLACE = 60


@require_safe
@desk
def sharing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for a place, a zone and a height; tell what is refused, or whom to ask."""
    sent = request.GET
    zones = register_of(SITES).field_rules["zone"].choices
    told: dict[str, object] = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "place": sent.get("toa-do", "")[:_PLACE],
        "zone": sent.get("khu-vuc", ""),
        "height": whole_number(sent.get("cao", "")),
        "listed": sent.get("han-che") == "1",
        "zones": [(one.key, one.label.text(language())) for one in zones],
        "errors": [],
        "asked": "toa-do" in sent,
    }
    try:
        rule = rule_on(visit.on)
        told |= {"rule": rule, "distances": [(one, rule.metres[one.key]) for one in zones]}
        if told["asked"]:
            told["near"] = _near(visit, rule, told)
    except Refused as refusal:
        box = "height" if isinstance(refusal, MastTooHigh) else "place"
        told |= {"errors": [Fault(box, refusal.text(language()))], "wrong": box}
    return render(request, "telecom/sharing.html", told, status=422 if told["errors"] else 200)


def _near(visit: Visit, rule: SharingRule, told: dict[str, object]) -> list[dict[str, object]]:
    """Give the masts to be shared. Raises `MastTooHigh`, and what reading the place raises."""
    shape = geometry.parse(told["place"], "point")
    if shape is None:
        raise geometry.ShapeUnreadable
    height = told["height"]
    must_fit(rule, height=height if isinstance(height, int) else 0, listed=bool(told["listed"]))
    zone = str(told["zone"]) if told["zone"] in rule.metres else next(iter(rule.metres))
    place = shape.parts[0][0]
    masts = masts_around(visit.actor, place, rule.metres[zone])
    found = to_ask(rule, place, zone, masts)
    named = titles({one for near in found for one in near.mast.operators})
    records = Record.objects.in_bulk([one.mast.record for one in found])
    return [_told(one, records[one.mast.record].title, named) for one in found]


def _told(one: Near, title: str, named: dict[int, tuple[str, str]]) -> dict[str, object]:
    return {
        "record": one.mast.record,
        "title": title,
        "metres": one.metres,
        "operators": ", ".join(named[number][1] for number in one.mast.operators),
        "room": _("Còn chỗ") if one.has_room else _("Đã đủ doanh nghiệp dùng chung"),
    }
