"""Xuất danh sách việc: a queue, or a list of a head, as a file: its rows, order and columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from motcua.core.access import log
from motcua.core.dossiers.clearance import name_in_list
from motcua.core.dossiers.models import WorkItem
from motcua.core.exports.listed import AT_ONCE, TooMany, write_as
from motcua.core.exports.table import Cell, Column, Kind, Table
from motcua.core.procedures.queries import declared
from motcua.core.staff import work as heads_work
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.queueing import queue_in
from motcua.faces.desk.reading.work import Whose, in_order
from motcua.faces.desk.shown.deadlines import of_work
from motcua.faces.desk.shown.team import reasons
from motcua.faces.desk.views.exporting import kind_in, sent_whole
from motcua.faces.desk.views.team import asked_of_team
from motcua.faces.desk.words import language, place_name
from motcua.faces.ui import reads


@require_GET
@desk
def export_work(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send the officer's queue as it is narrowed and sorted."""
    items = in_order(visit.actor, visit.at, queue_in(request.GET, Whose.MINE))
    return _sent(request, visit, items, name="viec-cua-toi")


@require_GET
@desk
def export_unit_work(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send the unit's queue as it is narrowed and sorted."""
    items = in_order(visit.actor, visit.at, queue_in(request.GET, Whose.UNIT))
    return _sent(request, visit, items, name="viec-don-vi")


@require_GET
@desk
def export_team_work(request: HttpRequest, visit: Visit) -> FileResponse:
    """Send the work behind a count of a head's board, late work with its reasons."""
    asked = asked_of_team(request, visit)
    items = heads_work.whole(visit.actor, visit.at, asked, most=AT_ONCE + 1)
    if len(items) > AT_ONCE:
        raise TooMany(count=len(items), most=AT_ONCE)
    why = reasons(items, visit.at) if asked.kind == heads_work.LATE else None
    return _sent(request, visit, items, name="viec-cua-nhom", why=why)


def _sent(
    request: HttpRequest,
    visit: Visit,
    items: Sequence[WorkItem],
    *,
    name: str,
    why: dict[int, str] | None = None,
) -> FileResponse:
    """Send work as a file, after writing to the access log which dossiers go out."""
    form, semicolons = kind_in(request)
    log.exported(
        reads.reader(request, visit.actor, visit.at),
        what=f"work.{form}",
        dossiers=[item.dossier_id for item in items],
        query=request.GET.urlencode(),
    )
    table = Table("work", _columns(late=why is not None), _rows(visit, items, why))
    return sent_whole(
        lambda out: write_as(out, form, table, semicolons=semicolons),
        f"{name}-{visit.on.isoformat()}.{form}",
    )


def _columns(*, late: bool) -> tuple[Column, ...]:
    """Name the columns of the page; the deadline stands as a date and as its words."""
    last = Column(_("Vì sao quá hạn")) if late else Column(_("Hẹn trả"), Kind.INSTANT)
    return (
        Column(_("Hạn xử lý"), Kind.INSTANT),
        Column(_("Thời hạn")),
        Column(_("Mã hồ sơ")),
        Column(_("Người nộp")),
        Column(_("Tên thủ tục")),
        Column(_("Bước")),
        Column(_("Người giữ")),
        last,
    )


def _rows(
    visit: Visit, items: Sequence[WorkItem], why: dict[int, str] | None
) -> Iterator[list[Cell]]:
    zone = ZoneInfo(settings.TIME_ZONE)
    for item in items:
        dossier, due = item.dossier, getattr(item, "due", None)
        declaration = declared(dossier.version_id)
        promised = dossier.promised_at
        chip = of_work(item, visit.at, due=due, paused=dossier.paused_since)
        yield [
            due.astimezone(zone) if due else None,
            chip.words,
            dossier.code or dossier.lookup,
            name_in_list(visit.actor, dossier),
            declaration.short.text(language()),
            place_name(declaration, item.step),
            item.officer.name if item.officer else _("Chưa giao"),
            (promised.astimezone(zone) if promised else None)
            if why is None
            else why.get(item.pk, ""),
        ]
