"""Ngày nghỉ, ngày làm bù: entering a change of a calendar, looking what it moves, deciding it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.core.access.actors import Actor
from motcua.core.clock.calendars import UNCONFIRMED
from motcua.core.clock.models import CalendarChange
from motcua.core.redating import deciding
from motcua.core.redating.faults import NotYourCalendar
from motcua.core.redating.reading import read_change
from motcua.core.redating.rules import Order, days_of
from motcua.core.redating.showing import entered_by, readable, readable_one, seen, special_days
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.words import language
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import parse_date

_SHOWN = 200
_LONGEST = 100
_COMMON = "national"
_COMPUTED = "holidays "  # as `kernel.calendar.national` names its source
_FIELDS = ("lich", "nghi", "lam-bu", "ten", "name", "van-ban", "tu")


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the days of a year that differ; to who may enter changes, those, and a form."""
    keys = entered_by(visit.actor)
    refusals: list[str] = []
    if request.method == "POST":
        if not keys:
            raise NotYourCalendar
        try:
            order = _order(request, visit, keys[0])
            row = deciding.propose(actor=visit.actor, at=visit.at, order=order)
        except Refused as refused:
            each = refused.problems.values() if isinstance(refused, Invalid) else [refused]
            refusals = [one.text(language()) for one in each]
        else:
            return redirect("desk:calendar_change", row.pk)
    typed = {name: request.POST.get(name, "") for name in _FIELDS}
    context = {
        "rows": readable(visit.actor)[:_SHOWN],
        "keys": keys,
        "typed": {name.replace("-", "_"): value for name, value in typed.items()},
        "refusals": refusals,
        "year": visit.on.year,
        "days": _days(keys[0] if keys else _COMMON, visit.on.year),
    }
    return page(request, "calendar.html", context, status=422 if refusals else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def calendar_change(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Show which dates a change would move; decide it or take it back."""
    row = readable_one(visit.actor, number)
    act = _ACTS.get(request.POST.get("lam", "")) if request.method == "POST" else None
    if act is not None:
        messages.success(request, act(actor=visit.actor, at=visit.at, number=row.pk))
        return redirect("desk:calendar_change", row.pk)
    return page(request, "calendar_change.html", _context(row, visit))


def _decide(*, actor: Actor, at: datetime.datetime, number: int) -> str:
    deciding.decide(actor=actor, at=at, change_id=number)
    return _("Đã quyết định. Hạn của các hồ sơ được tính lại từ ngày áp dụng.")


def _undo(*, actor: Actor, at: datetime.datetime, number: int) -> str:
    deciding.undo(actor=actor, at=at, change_id=number)
    return _("Đã hủy thay đổi; không hạn nào bị tính lại.")


def _look(*, actor: Actor, at: datetime.datetime, number: int) -> str:
    deciding.look_again(actor=actor, at=at, change_id=number)
    return _("Đang tính lại bản xem trước; tải lại trang này sau giây lát.")


_ACTS: dict[str, Callable[..., str]] = {"quyet-dinh": _decide, "huy": _undo, "xem": _look}


def _order(request: HttpRequest, visit: Visit, key: str) -> Order:
    given = {name: request.POST.get(name, "").strip()[:_LONGEST] for name in _FIELDS}
    off, work = (_dates(request.POST.get(name, "")) for name in ("nghi", "lam-bu"))
    on = parse_date(given["tu"]) if given["tu"] else visit.on
    days = days_of(off, work, vi=given["ten"], en=given["name"])
    return Order(given["lich"] or key, on, given["van-ban"], days)


def _dates(text: str) -> list[datetime.date]:
    """Read dates that stand one after the other, with commas or on lines of their own."""
    words = text.replace(",", "\n").replace(";", "\n").splitlines()
    return [parse_date(word) for word in words if word.strip()]


def _days(key: str, year: int) -> list[dict[str, object]]:
    found = []
    for one in special_days(key, year):
        day = datetime.date.fromisoformat(str(one["day"]))
        is_weekend = day.weekday() >= _SATURDAY and one["kind"] == "off"
        if not is_weekend:
            name = one["en" if language() == "en" else "vi"]
            source = _source(str(one["source"]))
            found.append({**one, "on": day, "name": name, "source": source})
    return found


def _source(told: str) -> str:
    """Say where a day comes from: a document, or the set of days that was computed."""
    if told == UNCONFIRMED:
        return _("Chưa đối chiếu với văn bản")
    if told.startswith(_COMPUTED):
        return _("Tính sẵn, bộ ngày lễ %(set)s") % {"set": told.removeprefix(_COMPUTED)}
    return told


_SATURDAY = 5


def _context(row: CalendarChange, visit: Visit) -> dict[str, object]:
    order, found = read_change(row.text), seen(visit.actor, row)
    may_decide = deciding.decides(visit.actor, row.calendar.key)
    waits = row.state == CalendarChange.State.PROPOSED
    return {
        "row": row,
        "days": [(one, one.en if language() == "en" else one.vi) for one in order.days],
        "preview": found and {**found, "lines": found["lines"][:_SHOWN]},
        "moved_days": _moved_days(found) if found else [],
        "first": _first(found) if found else [],
        "decides": waits and may_decide and deciding.is_fresh(row),
        "undoes": waits or (row.state == CalendarChange.State.DECIDED and may_decide),
        "is_fresh": deciding.is_fresh(row) or not waits,
    }


def _moved_days(found: dict[str, object]) -> list[tuple[object, ...]]:
    rows = found["days"]
    assert isinstance(rows, list)
    return [(_date(one["from"]), _date(one["to"]), one["dossiers"]) for one in rows[:_SHOWN]]


def _first(found: dict[str, object]) -> list[dict[str, object]]:
    rows = found["rows"]
    assert isinstance(rows, list)
    instants = ("from", "to", "promised")
    return [{**one, **{name: _instant(one[name]) for name in instants}} for one in rows]


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(text) if text else None
