"""Xuất thu trong ngày: a counter's day as a file, its rows as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.core.access import log
from motcua.core.agencies.queries import agency
from motcua.core.exports.listed import write_as
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.till.queries import Taking, Takings
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.views.exporting import kind_in, sent_whole
from motcua.faces.desk.views.till import asked_day, methods
from motcua.faces.ui import reads


@require_GET
@desk
def export_takings(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send a day's takings, after writing to the access log that they go out."""
    form, semicolons = kind_in(request)
    agency_id, on, taken = asked_day(request, visit)
    reader = reads.reader(request, visit.actor, visit.at)
    log.exported_whole(reader, what=f"takings.{form}", count=len(taken.rows))
    columns = (
        Column(_("Số biên lai")),
        Column(_("Lúc"), Kind.INSTANT),
        Column(_("Hồ sơ")),
        Column(_("Hình thức nộp")),
        Column(_("Số tiền"), Kind.WHOLE),
        Column(_("Ghi chú")),
    )
    table = Table("takings", columns, _rows(taken))
    return sent_whole(
        lambda out: write_as(out, form, table, semicolons=semicolons),
        f"thu-phi-{agency(agency_id).code}-{on.isoformat()}.{form}",
    )


def _rows(taken: Takings) -> Iterator[list[Cell]]:
    """Give the rows; their amounts add up to the total of the page."""
    zone, names = ZoneInfo(settings.TIME_ZONE), methods()
    for row in taken.rows:
        local = row.at.astimezone(zone)
        yield [row.number, local, row.code, names[row.method], row.amount, _note(row)]


def _note(row: Taking) -> str:
    if row.voided:
        return _("Đã hủy")
    return _("Hoàn trả") if row.amount < 0 else ""
