"""Why a dossier is due when it is: the stretches of its clock, day by day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from motcua.core.clock.calendars import calendars
from motcua.core.clock.segments import clock_of
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.core.sql import reading
from motcua.faces.desk.words import language, moment
from motcua.kernel.calendar import Clock, Kind, Segment, Unit, account, explain, line_text


def due_explained(snapshot: Snapshot, declaration: Declaration) -> list[str]:
    """Explain the due date of a dossier that the caller has read; empty before its clock starts.

    Snapshots come from `queries.find_one` alone, so whoever holds one may read its clock.
    """
    if declaration.limit is None:
        return [_("Pháp luật không quy định thời hạn cho thủ tục này.")]
    clock = clock_of(reading(), snapshot.id, declaration.limit)
    if not clock.segments:
        return []
    counted = _since_anew(clock.segments)
    if len(counted) == 1:
        calendar = calendars[counted[0].calendar]
        return list(explain(calendar, counted[0].began, declaration.limit, language()))
    return list(_stretches(clock, counted))


def _since_anew(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    begun = max(number for number, segment in enumerate(segments) if segment.anew)
    return segments[begun:]


def _stretches(clock: Clock, counted: tuple[Segment, ...]) -> Iterator[str]:
    due = clock.due(calendars)
    for segment in counted:
        period = {"began": moment(segment.began), "ended": moment(segment.ended)}
        if segment.kind is Kind.PAUSE:
            yield _("%(began)s → %(ended)s: tạm dừng, không tính") % period
            continue
        if clock.limit.counts_dates or clock.limit.unit is Unit.HOUR:
            yield _("%(began)s → %(ended)s: đồng hồ chạy") % period
            continue
        # What ran on after the limit was used up adds nothing to it.
        end = min(at for at in (segment.ended, due) if at is not None)
        for line in account(calendars[segment.calendar], segment.began, end):
            yield line_text(line, language())
    if due is None:
        yield _("Đồng hồ đang dừng: hạn được tính lại khi người nộp gửi bổ sung.")
    else:
        limit = clock.limit.text(language())
        yield _("Đến hạn: %(due)s (%(limit)s)") % {"due": moment(due), "limit": limit}
