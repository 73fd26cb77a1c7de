"""Short words for the deadline of a row or a step: a list has no room for the long ones."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.listing import Line
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.situation import Item, Snapshot
from motcua.faces.ui import deadline as told
from motcua.faces.ui.deadline import Deadline, Finish, Mood
from motcua.kernel.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Chip:
    """A deadline as a chip: `mood` gives colour and icon, `words` what it says, `long` in full."""

    mood: str
    words: str
    long: str


def chip_of(deadline: Deadline) -> Chip:
    """Word a deadline shortly; days are working days."""
    return Chip(deadline.mood.value, _short(deadline), deadline.words)


def of_dossier(row: Dossier | Line | Snapshot, at: datetime.datetime) -> Chip:
    """Tell how a dossier stands with its time."""
    now = row.now if isinstance(row, Snapshot) else row
    found = told.deadline(
        at=at,
        calendar=_calendar(now.holding_agency_id),
        received_at=now.received_at,
        due_at=now.due_at,
        paused_since=now.paused_since,
        finished_at=now.finished_at,
        bucket=now.bucket,
        closed=now.closed,
    )
    return chip_of(found)


def of_work(
    item: WorkItem | Item,
    at: datetime.datetime,
    *,
    due: datetime.datetime | None,
    paused: datetime.datetime | None,
) -> Chip:
    """Tell how a step or a leg stands; a main step rests while the applicant is awaited."""
    if paused is not None and item.leg is None:
        return chip_of(Deadline(Mood.PAUSED))
    calendar = _calendar(item.agency_id)
    return chip_of(told.item_deadline(at=at, calendar=calendar, due_at=due))


def _calendar(agency_id: int) -> Calendar:
    return calendars[agency(agency_id).calendar]


def _short(deadline: Deadline) -> str:
    match deadline.mood:
        case Mood.PAUSED:
            return _("Tạm dừng")
        case Mood.TODAY:
            return _("Hôm nay %(hour)s") % {"hour": deadline.hour}
        case Mood.LATE:
            return _late(deadline.days)
        case Mood.OVER if deadline.finish is Finish.NONE:
            return _("Kết thúc")
        case Mood.NEW | Mood.OVER:
            return deadline.words
    return _left(deadline.days) if deadline.limited else _("Không có hạn")


def _late(days: int) -> str:
    if not days:
        return _("Quá hạn")
    return ngettext("Quá hạn %(days)s ngày", "Quá hạn %(days)s ngày", days) % {"days": days}


def _left(days: int) -> str:
    return ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", days) % {"days": days}
