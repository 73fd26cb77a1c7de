"""Công khai số liệu: a page of figures, and exactly its lines as a file."""

from __future__ import annotations

import io
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.agencies.queries import agency
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.exports.writers import csv, xlsx
from motcua.core.figures import queries
from motcua.core.figures.queries import Told, cut_off
from motcua.core.procedures.models import Procedure
from motcua.faces.portal import statistics
from motcua.faces.portal.statistics import Asked, Line
from motcua.faces.ui.numbers import page_in

PAGE = 20
_FORMS = (("csv", "CSV"), ("csv2", "CSV (;)"), ("xlsx", "XLSX"))


@dataclass(frozen=True, slots=True)
class Listed:
    """Which page of how many is shown."""

    page: int
    pages: int


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show what was received, finished and in time, by agency, procedure or month."""
    count = cut_off()
    if count is None:
        return render(request, "portal/figures.html", {"count": None})
    wanted = statistics.asked(request.GET, count)
    told = _told(wanted)
    lines = statistics.lines(wanted, told.rows) if told else []
    pages = max(1, -(-len(lines) // PAGE))
    listed = Listed(min(page_in(request.GET), pages), pages)
    context = {
        "count": count,
        "wanted": wanted,
        "views": _views(),
        "period": statistics.period_words(wanted.kind, wanted.first),
        "periods": statistics.periods(),
        "last": statistics.LAST,
        "agencies": [agency(one) for one in queries.agencies_there_are()],
        "procedures": _procedures(),
        "lines": lines[(listed.page - 1) * PAGE : listed.page * PAGE],
        "listed": listed,
        "total": statistics.total_line(told.total) if told else None,
        "least": queries.least(),
        "files": _FORMS,
    }
    return render(request, "portal/figures.html", context)


@require_safe
def figures_file(request: HttpRequest) -> HttpResponse:
    """Give all lines of a page as CSV or XLSX."""
    count, form = cut_off(), request.GET.get("dang", "csv")
    if count is None or form not in dict(_FORMS):
        raise Http404
    wanted = statistics.asked(request.GET, count)
    told = _told(wanted)
    found = statistics.lines(wanted, told.rows) if told else []
    if told:
        found.append(statistics.total_line(told.total))
    table = Table("so-lieu", _columns(), iter([_cells(one) for one in found]))
    return _file(table, form, f"so-lieu-{wanted.view}-{wanted.period}")


def _file(table: Table, form: str, name: str) -> HttpResponse:
    out = io.BytesIO()
    if form == "xlsx":
        xlsx.write(table, out)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        csv.write(table, out, delimiter=";" if form == "csv2" else ",", for_spreadsheets=True)
        kind = "text/csv; charset=utf-8"
    response = HttpResponse(out.getvalue(), content_type=kind)
    ending = "xlsx" if form == "xlsx" else "csv"
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _told(wanted: Asked) -> Told | None:
    if wanted.view == "thu-tuc":
        return queries.by_procedure(wanted.kind, wanted.first, wanted.agency_id)
    if wanted.view == "thang":
        return queries.by_month(wanted.agency_id, wanted.procedure_id)
    return queries.by_agency(wanted.kind, wanted.first, wanted.procedure_id)


def _views() -> list[tuple[str, str]]:
    words = (_("Theo cơ quan"), _("Theo thủ tục"), _("Theo tháng"))
    return list(zip(statistics.VIEWS, words, strict=True))


def _procedures() -> list[tuple[str, str]]:
    found = Procedure.objects.in_bulk(queries.procedures_there_are())
    named = [(one.code, statistics.procedure_name(one)) for one in found.values()]
    return sorted(named, key=lambda one: one[1])


def _columns() -> tuple[Column, ...]:
    whole = (
        *(_("Đã tiếp nhận"), _("Hồ sơ trực tuyến"), _("Đã giải quyết")),
        *(_("Trước hạn"), _("Đúng hạn"), _("Quá hạn")),
        *(_("Rút hồ sơ"), _("Đang giải quyết"), _("Đang giải quyết, quá hạn")),
    )
    texts = (
        *(_("Tỷ lệ trực tuyến"), _("Trước hạn và đúng hạn")),
        *(_("Trung vị, ngày làm việc"), _("Điểm đánh giá")),
    )
    return (
        Column(_("Tên")),
        *(Column(name, Kind.WHOLE) for name in whole),
        *(Column(name) for name in texts),
    )


def _cells(line: Line) -> list[Cell]:
    row = line.row
    outcomes = (row.early, row.on_time, row.late) if row.outcomes else (None,) * 3
    begun = (row.received, row.online, row.finished)
    counts = (*begun, *outcomes, row.withdrawn, row.waiting, row.waiting_late)
    return [line.name, *counts, line.online, line.share, line.median, line.rating]
