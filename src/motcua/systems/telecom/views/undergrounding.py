"""Hạ ngầm cáp: years, phases and streets of undergrounding, counted from their dossiers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.dossiers.filing import NotYourCounter
from motcua.core.files.store import FileTooLarge
from motcua.core.procedures.queries import current
from motcua.core.registers.sheets import NoRows
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.reading.intake import offered
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Fault
from motcua.faces.ui.forms import whole_number
from motcua.faces.ui.sheets import csv_file
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_percent
from motcua.systems.telecom.actions import (
    Looked,
    list_streets,
    look_at,
    streets_in,
)
from motcua.systems.telecom.queries import (
    STREETS,
    streets_of,
)
from motcua.systems.telecom.rules import (
    LATE,
    NEW,
    THERE,
    TWICE,
    WRONG,
    ListUnread,
    Stand,
    Street,
    Tally,
    Task,
    tally,
    years,
)

_LONGEST_STATE = 40


def _states() -> dict[str, str]:
    return {
        str(Stand.DONE): _("Đã xong"),
        str(Stand.UNDER_WAY): _("Đang hạ ngầm"),
        str(Stand.GUIDED): _("Đang hướng dẫn"),
        LATE: _("Trễ hạn"),
    }


@require_safe
@desk
def undergrounding(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show years and phases with what they came to; with a filter the streets; also as CSV."""
    year, phase = (whole_number(request.GET.get(name, "")) for name in ("nam", "dot"))
    state = request.GET.get("trang-thai", "")[:_LONGEST_STATE]
    states = _states()
    state = state if state in states else ""
    every = streets_of(visit.actor, language())
    chosen = [
        one
        for one in every
        if year in {None, one.year} and phase in {None, one.phase} and one.is_in(state, visit.on)
    ]
    reads.listed(request, visit.actor, visit.at, "undergrounding", [one.dossier for one in chosen])
    if request.GET.get("dang") == "csv":
        return _csv(chosen, visit.on, states)
    narrowed = any(name in request.GET for name in ("nam", "dot", "trang-thai"))
    told = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "states": list(states.items()),
        "years": [
            {"year": one.year, "rows": [(part, _shown(part.tally)) for part in one.phases],
             "tally": one.tally, "sums": _shown(one.tally)}
            for one in years(every, visit.on)
        ],
        "narrowed": narrowed,
        "rows": [_row(one, visit) for one in chosen] if narrowed else [],
        "sums": _shown(tally(chosen, visit.on)),
        "chosen": (year, phase, states.get(state, "")),
        "adds": _adds(visit),
        "procedure": STREETS,
    }  # fmt: skip
    return render(request, "telecom/undergrounding.html", told)


def _adds(visit: Visit) -> bool:
    """Tell whether an officer takes streets into the list."""
    return any(one.declaration.code == STREETS for one in offered(visit.actor, visit.on))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def street_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Look at a list of streets row by row, or list all of them."""
    agencies = next(
        (one.agencies for one in offered(visit.actor, visit.on) if one.declaration.code == STREETS),
        (),
    )
    if not agencies:
        raise NotYourCounter(agency=_("Hạ ngầm cáp"))
    looked: list[Looked] = []
    faults: list[Fault] = []
    if request.method == "POST":
        try:
            lines = _sent(request)
            if request.POST.get("do") == "list":
                act = {"actor": visit.actor, "at": visit.at, "agency_id": agencies[0].id}
                count = list_streets(**act, lines=lines)  # type: ignore[arg-type]
                messages.success(request, _("Đã ghi %(n)s phố vào danh mục.") % {"n": count})
                return redirect("telecom:undergrounding")
            looked = look_at(lines, agency_id=agencies[0].id, on=visit.on)
        except Refused as refusal:
            faults = [Fault("file", refusal.text(language()))]
    return render(
        request,
        "telecom/street_list.html",
        {"density": "officer", "undo": None, "recorded": "", "errors": faults, **_looked(looked)},
        status=422 if faults else 200,
    )


def _sent(request: HttpRequest) -> list[tuple[int, dict[str, str]]]:
    """Give the rows of a file, or those that were looked at before. Raises `ListUnread`."""
    if request.POST.get("do") != "list":
        sent = request.FILES.get("file")
        if sent is None:
            raise NoRows
        if (sent.size or 0) > settings.MOTCUA_MAX_UPLOAD_BYTES:
            raise FileTooLarge(limit_mb=settings.MOTCUA_MAX_UPLOAD_BYTES // 2**20)
        return streets_in(sent.read())
    try:
        rows = json.loads(request.POST.get("rows", ""))
        return [(int(line), {str(key): str(one) for key, one in told.items()})
                for line, told in rows]  # fmt: skip
    except (ValueError, TypeError, AttributeError) as wrong:
        raise ListUnread from wrong


def _looked(rows: Sequence[Looked]) -> dict[str, object]:
    said = {
        NEW: _("sẽ ghi"),
        THERE: _("đã có trong danh mục"),
        TWICE: _("trùng dòng trên"),
        WRONG: _("sai"),
    }
    fields = current(STREETS).declaration.fields
    labels = {one.key: one.label.text(language()) for one in fields}
    states = [one.state for one in rows]
    return {
        "rows": [
            (one, said[one.state], [(labels.get(key, key), wrong.text(language()))
                                    for key, wrong in one.problems.items()])
            for one in rows
        ],
        "counts": {
            "new": states.count(NEW),
            "there": states.count(THERE) + states.count(TWICE),
            "wrong": states.count(WRONG),
        },
        "kept": json.dumps([[one.line, one.told] for one in rows], ensure_ascii=False),
        "columns": [(one.key, labels[one.key], one.required) for one in fields],
    }  # fmt: skip


def _shown(found: Tally) -> dict[str, object]:
    """Give the figures of a tally as a row shows them, each count by its state."""
    return {
        "streets": found.streets,
        "counts": [(key, name, found.stands[key]) for key, name in _states().items()],
        "share": format_percent(found.share, language()),
        "done": found.done,
        "metres": found.metres,
        "metres_done": found.metres_done,
    }


def _row(one: Street, visit: Visit) -> dict[str, object]:
    return {
        "told": one,
        "late": one.late(visit.on),
        "tasks": [(task.operator, *_said(task, visit.at)) for task in one.tasks],
    }


def _said(task: Task, at: datetime.datetime) -> tuple[str, bool]:
    """Give in a few words how far a task is, and whether it is late."""
    late = task.late(at)
    if task.done_at is not None:
        return (_("xong, trễ hạn") if late else _("xong")), late
    return (_("quá hạn") if late else _("đang hạ cáp")), late


def _csv(rows: Sequence[Street], on: datetime.date, states: dict[str, str]) -> HttpResponse:
    heads = (
        *(_("Năm"), _("Đợt"), _("Đường, phố"), _("Từ"), _("Đến"), _("Phường, xã")),
        *(_("Dài (m)"), _("Viễn thông"), _("Điện lực"), _("Trạng thái"), _("Bước")),
        *(_("Hạn của đợt"), _("Nghiệm thu"), _("Trễ hạn"), _("Mã hồ sơ")),
    )
    return csv_file("ha-ngam", [heads, *_cells(rows, on, states)])


def _cells(
    rows: Iterable[Street], on: datetime.date, states: dict[str, str]
) -> Iterable[tuple[str, ...]]:
    yes, no = _("có"), _("không")
    for one in rows:
        yield (
            *(str(one.year), str(one.phase), one.street, one.begins, one.ends, one.ward),
            *(str(one.metres), yes if one.telecom else no, yes if one.power else no),
            *(states[one.stand], one.step, one.phase_end.isoformat()),
            one.accepted_on.isoformat() if one.accepted_on else "",
            yes if one.late(on) or one.done_late else no,
            one.code,
        )
