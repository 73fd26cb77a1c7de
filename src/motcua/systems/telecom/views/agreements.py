"""Đối chiếu dùng chung: what is shared on a day, and where it disagrees with the records."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.registers.loading import register_of
from motcua.core.registers.references import titles
from motcua.core.registers.rights import kept_agencies
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.ui.boxes import Fault
from motcua.faces.ui.sheets import csv_file
from motcua.faces.ui.templatetags.ui import language
from motcua.systems.telecom.queries import (
    SHARES,
    shared_of,
)
from motcua.systems.telecom.rules import (
    RULES,
    Odd,
    Shared,
)


@require_safe
@desk
def agreements(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is shared on a day and where records and agreements differ; all of it as CSV."""
    on = _day_asked(request.GET.get("ngay", ""), visit.on)
    errors = [] if on else [Fault("day", _("Chọn một ngày không ở tương lai."))]
    every = shared_of(visit.actor, on) if on else []
    if request.GET.get("dang") == "csv" and on:
        return _shared_csv(every)
    odd = [one for one in every if one.odd()]
    rows = every if request.GET.get("tat-ca") == "1" else odd
    told = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "errors": errors,
        "day": on,
        "rows": [_shared_row(one) for one in rows[:_MOST_SHARED]],
        "most": _MOST_SHARED if len(rows) > _MOST_SHARED else 0,
        "counts": (len(every), len(odd), sum(len(one.agreements) for one in every)),
        "everything": rows is every,
        "register": SHARES,
        "keeps": bool(kept_agencies(visit.actor, register_of(SHARES), visit.on)),
    }
    return render(request, "telecom/agreements.html", told, status=422 if errors else 200)


_MOST_SHARED = 500


def _day_asked(text: str, today: datetime.date) -> datetime.date | None:
    """Read a day that has come; today where none is said, None where it is no such day."""
    if not text:
        return today
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if RULES[0].since <= day <= today else None


def _shared_row(one: Shared) -> dict[str, object]:
    named = titles({*one.tenants, *(each.tenant for each in one.agreements)})
    return {
        "told": one,
        "odd": [_odd_words()[each] for each in one.odd()],
        "agreements": [(each, named[each.tenant][1]) for each in one.agreements],
        "unagreed": ", ".join(
            named[number][1]
            for number in sorted(one.tenants - {each.tenant for each in one.agreements})
        ),
    }


def _odd_words() -> dict[Odd, str]:
    return {
        Odd.OVER: _("cho dùng quá sức chứa"),
        Odd.UNCOUNTED: _("sổ ghi đã dùng ít hơn thỏa thuận"),
        Odd.UNTOLD: _("sổ trạm chưa ghi bên dùng chung"),
        Odd.UNAGREED: _("sổ trạm có bên dùng chung chưa có thỏa thuận"),
        Odd.NOT_OWNER: _("bên cho dùng không phải chủ công trình"),
    }


def _shared_csv(rows: Sequence[Shared]) -> HttpResponse:
    heads = (
        *(_("Sổ"), _("Công trình"), _("Sức chứa"), _("Sổ ghi đã dùng"), _("Theo thỏa thuận")),
        *(_("Thỏa thuận"), _("Chưa khớp")),
    )
    words = _odd_words()
    cells = (
        (
            *(register_of(one.register).name.text(language()), one.title),
            *("" if part is None else str(part) for part in (one.room, one.used, one.taken)),
            "; ".join(each.code for each in one.agreements),
            "; ".join(words[each] for each in one.odd()),
        )
        for one in rows
    )
    return csv_file("dung-chung", [heads, *cells])
