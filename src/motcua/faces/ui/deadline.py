"""The deadline language: what a reader is told about a dossier's time, at one instant.

Open buckets are never stored; they follow from the due instant, the pause and the instant asked.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.kernel.calendar import Calendar

SOON_DAYS = 2
"""From this many working days before the due day on, a duty is due soon."""


class Mood(StrEnum):
    """How urgent: the name of the chip's colour, edge and icon."""

    NEW = "new"  # not received yet, so no clock runs
    OK = "ok"
    SOON = "soon"
    TODAY = "today"
    LATE = "late"
    PAUSED = "paused"
    OVER = "over"  # ended


class Finish(StrEnum):
    """How an ended duty kept its time; the stored bucket, or none where no limit was set."""

    NONE = ""
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Deadline:
    """``days`` are working days left (open, in time) or gone by (open, late).

    ``hour`` is the local hour of the due instant, told where it matters: on the day itself.
    """

    mood: Mood
    days: int = 0
    hour: str = ""
    limited: bool = True
    finish: Finish = Finish.NONE

    @property
    def icon(self) -> str:
        """The icon that says the same without colour."""
        return self.mood.value

    @property
    def words(self) -> str:
        """The same in words, in the language of the page."""
        match self.mood:
            case Mood.NEW:
                return _("Chờ tiếp nhận")
            case Mood.PAUSED:
                return _("Tạm dừng, chờ bổ sung")
            case Mood.TODAY:
                return _("Đến hạn hôm nay, %(hour)s") % {"hour": self.hour}
            case Mood.OVER:
                return _finished(self.finish)
            case Mood.LATE:
                return self._late()
        return self._left()

    def _late(self) -> str:
        if not self.days:
            return _("Quá hạn")
        text = ngettext(
            "Quá hạn %(days)d ngày làm việc", "Quá hạn %(days)d ngày làm việc", self.days
        )
        return text % {"days": self.days}

    def _left(self) -> str:
        if not self.limited:
            return _("Không ấn định thời hạn")
        text = (
            ngettext(
                "Sắp đến hạn, còn %(days)d ngày làm việc",
                "Sắp đến hạn, còn %(days)d ngày làm việc",
                self.days,
            )
            if self.mood is Mood.SOON
            else ngettext(
                "Trong hạn, còn %(days)d ngày làm việc",
                "Trong hạn, còn %(days)d ngày làm việc",
                self.days,
            )
        )
        return text % {"days": self.days}


def deadline(
    *,
    at: datetime.datetime,
    calendar: Calendar,
    received_at: datetime.datetime | None,
    due_at: datetime.datetime | None,
    paused_since: datetime.datetime | None = None,
    finished_at: datetime.datetime | None = None,
    bucket: str = "",
    closed: bool = False,
) -> Deadline:
    """Tell how a dossier stands with its time at an instant, on the calendar of its holder."""
    if finished_at is not None or closed:
        return Deadline(Mood.OVER, finish=Finish(bucket))
    if paused_since is not None:
        return Deadline(Mood.PAUSED)
    if received_at is None:
        return Deadline(Mood.NEW)
    if due_at is None:
        return Deadline(Mood.OK, limited=False)
    return _open(at, due_at, calendar)


def item_deadline(
    *, at: datetime.datetime, calendar: Calendar, due_at: datetime.datetime | None
) -> Deadline:
    """Tell how one step or leg stands with the limit of its own."""
    if due_at is None:
        return Deadline(Mood.OK, limited=False)
    return _open(at, due_at, calendar)


def working_days(calendar: Calendar, after: datetime.date, until: datetime.date) -> int:
    """Count the working days after one day up to and with another."""
    days = (until - after).days
    one = datetime.timedelta(days=1)
    return sum(calendar.is_working_day(after + number * one) for number in range(1, days + 1))


def _open(at: datetime.datetime, due_at: datetime.datetime, calendar: Calendar) -> Deadline:
    now, due = calendar.local(at), calendar.local(due_at)
    hour = f"{due:%H:%M}"
    if at > due_at:
        return Deadline(Mood.LATE, working_days(calendar, due.date(), now.date()), hour)
    if now.date() == due.date():
        return Deadline(Mood.TODAY, 0, hour)
    days = working_days(calendar, now.date(), due.date())
    return Deadline(Mood.SOON if days <= SOON_DAYS else Mood.OK, days, hour)


def _finished(finish: Finish) -> str:
    match finish:
        case Finish.EARLY:
            return _("Đã xong, trước hạn")
        case Finish.ON_TIME:
            return _("Đã xong, đúng hạn")
        case Finish.LATE:
            return _("Đã xong, quá hạn")
    return _("Đã kết thúc")
