"""Tổng hợp hạ tầng: lengths and counts by ward, operator and year, as of a day, with what they add.

No figure stands there without its records: each leads to them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.faces.desk.doors import Visit, desk
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Fault
from motcua.faces.ui.sheets import csv_file
from motcua.faces.ui.templatetags.ui import language
from motcua.systems.telecom.queries import CABLES, SITES, SPANS, works_of
from motcua.systems.telecom.rules import (
    Group,
    Subject,
    Work,
    areas_of,
    is_of,
    operators_of,
    years_of,
)

_REGISTER = {
    Subject.DUCTS: SPANS,
    Subject.AERIAL: SPANS,
    Subject.CABLES: CABLES,
    Subject.SITES: SITES,
    Subject.STREETS: "",
}
_NARROWING = ("phuong", "dn", "nam")
_LONGEST = 100
_MOST = 200


def _subjects() -> dict[Subject, str]:
    return {
        Subject.DUCTS: _("Tuyến ngầm"),
        Subject.AERIAL: _("Tuyến treo"),
        Subject.CABLES: _("Cáp"),
        Subject.SITES: _("Trạm"),
        Subject.STREETS: _("Phố đã hạ ngầm"),
    }


@require_safe
@desk
def totals(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Add up one kind of works as of a day, by ward, operator and year; the works as CSV."""
    sent, subjects = request.GET, _subjects()
    subject = next((one for one in subjects if one == sent.get("cong-trinh")), Subject.DUCTS)
    on = _day_asked(sent.get("ngay", ""), visit.on)
    errors = [] if on else [Fault("day", _("Chọn một ngày không ở tương lai."))]
    asked = [sent.get(name, "")[:_LONGEST] for name in _NARROWING]
    every = works_of(visit.actor, subject, on, today=visit.on, language=language()) if on else []
    works = [one for one in every if is_of(one, *asked)]
    if subject is Subject.STREETS:
        streets = [one.number for one in works]
        reads.listed(request, visit.actor, visit.at, "undergrounding", streets)
    if sent.get("dang") == "csv" and on:
        return _csv(works)
    context = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "errors": errors,
        "day": on,
        "subject": subject,
        "subjects": list(subjects.items()),
        "register": _REGISTER[subject],
        "lengths": subject is not Subject.SITES,
        "count": len(works),
        "metres": sum(one.metres for one in works),
        "groups": [
            (name, label, [(one, _address(request, name, one)) for one in found])
            for name, label, found in (
                ("phuong", _("Phường, xã"), areas_of(works)),
                ("dn", _("Doanh nghiệp"), operators_of(works)),
                ("nam", _("Năm"), years_of(works)),
            )
            if any(one.label for one in found) or name == "phuong"
        ],
        "narrowed": any(asked),
        "rows": works[:_MOST],
        "most": _MOST if len(works) > _MOST else 0,
    }
    return render(request, "telecom/totals.html", context, status=422 if errors else 200)


def _day_asked(text: str, today: datetime.date) -> datetime.date | None:
    """Read a day that has come; today where none is said, None where it is no such day."""
    try:
        day = datetime.date.fromisoformat(text) if text else today
    except ValueError:
        return None
    return day if day <= today else None


def _address(request: HttpRequest, name: str, one: Group) -> str:
    """Give the query of the works of a group, narrowed as the whole is."""
    sent = request.GET.copy()
    sent.pop("dang", None)
    sent[name] = one.key
    return sent.urlencode()


def _csv(works: Sequence[Work]) -> HttpResponse:
    heads = (_("Công trình"), _("Phường, xã"), _("Doanh nghiệp"), _("Năm"), _("Dài (m)"))
    cells = (
        (
            *(one.title, one.area_name, one.operator_name, str(one.year or "")),
            f"{one.metres:.2f}" if one.metres else "",
        )
        for one in works
    )
    return csv_file("tong-hop", [heads, *cells])
