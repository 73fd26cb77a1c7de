"""The legal clock of a duty: stretches in which it ran or stood still, from which its due derives.

A clock is a value: each act gives a new one. Nothing here reads the time.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace

from motcua.kernel.calendar.instant import minute_of
from motcua.kernel.calendar.limit import Limit
from motcua.kernel.calendar.model import Calendar
from motcua.kernel.errors import Refused

Calendars = Mapping[str, Calendar]


class Kind(enum.StrEnum):
    """What a segment is."""

    RUN = "run"
    PAUSE = "pause"


class State(enum.StrEnum):
    """Where a clock stands after its last act."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class ClockAlreadyStarted(Refused):
    """A clock starts once; afterwards it is resumed or restarted."""

    code = "clock.already_started"
    vi = "Đồng hồ đã chạy từ {began}; hãy dùng tiếp tục hoặc tính lại từ đầu."
    en = "The clock has run since {began}; resume or restart it instead."


class ClockNotStarted(Refused):
    """Nothing can be done to a clock before it starts."""

    code = "clock.not_started"
    vi = "Đồng hồ chưa chạy; hãy tiếp nhận hồ sơ trước."
    en = "The clock has not started; receive the dossier first."


class ClockAlreadyPaused(Refused):
    """A paused clock cannot be paused again."""

    code = "clock.already_paused"
    vi = "Đồng hồ đã tạm dừng từ {began}; hãy tiếp tục trước khi tạm dừng lần nữa."
    en = "The clock has been paused since {began}; resume it before pausing again."


class ClockNotPaused(Refused):
    """Only a paused clock can be resumed."""

    code = "clock.not_paused"
    vi = "Đồng hồ đang chạy, không có gì để tiếp tục."
    en = "The clock is running; there is nothing to resume."


class ClockStopped(Refused):
    """A stopped clock moves again only by counting anew."""

    code = "clock.stopped"
    vi = "Đồng hồ đã dừng từ {ended}; muốn chạy lại phải tính lại từ đầu."
    en = "The clock stopped at {ended}; it runs again only by a restart."


class BackInTime(Refused):
    """An act cannot lie before the act that it follows."""

    code = "clock.back_in_time"
    vi = "Thời điểm {at} sớm hơn lần thay đổi gần nhất {last}; hãy kiểm tra lại."
    en = "The time {at} lies before the last change at {last}; check it."


class UnknownCalendar(Refused):
    """A segment names a calendar that was not given."""

    code = "clock.unknown_calendar"
    vi = "Không có lịch làm việc “{calendar}”; hãy nạp lịch của đơn vị."
    en = "There is no working calendar “{calendar}”; load the unit's calendar."


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a clock on one calendar; ``ended`` is ``None`` while it lasts.

    ``anew`` marks a run that counts the full limit from its beginning; what lies before the last
    such segment no longer counts.
    """

    began: dt.datetime
    ended: dt.datetime | None
    kind: Kind
    calendar: str
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit and the segments in which it was counted, in order of time.

    A limit in minutes keeps the minutes used across a pause. A limit in dates (calendar days,
    months, the same day) moves its last day by the dates that passed in the pauses, the first not
    counted, just as the limit itself counts them; if that end has gone by when the clock resumes,
    it ends with the working day of the resumption.
    """

    limit: Limit
    segments: tuple[Segment, ...] = ()

    @property
    def state(self) -> State:
        """Say whether the clock waits, runs, is paused or is stopped."""
        if not self.segments:
            return State.WAITING
        last = self.segments[-1]
        if last.ended is not None:
            return State.STOPPED
        return State.RUNNING if last.kind is Kind.RUN else State.PAUSED

    def start(self, at: dt.datetime, calendar: str) -> Clock:
        """Start the clock on a calendar (the dossier is received)."""
        if self.segments:
            raise ClockAlreadyStarted(began=self.segments[0].began.isoformat())
        return replace(self, segments=(Segment(_utc(at), None, Kind.RUN, calendar, anew=True),))

    def pause(self, at: dt.datetime) -> Clock:
        """Stand still; the minutes used are kept."""
        last = self._open()
        if last.kind is Kind.PAUSE:
            raise ClockAlreadyPaused(began=last.began.isoformat())
        return self._turn(at, Kind.PAUSE, last.calendar)

    def resume(self, at: dt.datetime, calendar: str | None = None) -> Clock:
        """Run on with what is left, on the same calendar unless another is named."""
        last = self._open()
        if last.kind is Kind.RUN:
            raise ClockNotPaused
        return self._turn(at, Kind.RUN, calendar or last.calendar)

    def restart(self, at: dt.datetime, calendar: str | None = None) -> Clock:
        """Count the full limit from ``at``: papers complete (Decree 61/2018, 19.4) or reopened.

        Allowed while running, paused or stopped.
        """
        return self._turn(at, Kind.RUN, calendar or self._last().calendar, anew=True)

    def hand_over(self, at: dt.datetime, calendar: str) -> Clock:
        """Go on, running or paused, on the calendar of the agency that takes over."""
        return self._turn(at, self._open().kind, calendar)

    def stop(self, at: dt.datetime) -> Clock:
        """Stop for good: the result is ready, or the duty ended without one."""
        self._open()
        return replace(self, segments=self._closed(at))

    def used(self, calendars: Calendars, at: dt.datetime) -> int:
        """Count the minutes used by ``at`` since the last restart.

        They are minutes of the clock for a limit in hours, working minutes for all others.
        """
        minute_of(at)  # refuses an instant without a zone
        return sum(
            self.limit.spent(_named(calendars, run), run.began, min(run.ended or at, at))
            for run in self._runs()
            if run.began <= at
        )

    def due(self, calendars: Calendars) -> dt.datetime | None:
        """Give the instant at which the limit is or was used up.

        ``None`` before the start, and while the clock stands paused with something left: no date
        can be promised then. A clock stopped in time keeps the due date it had.
        """
        if self.limit.counts_dates:
            return self._due_date(calendars)
        return self._due_minute(calendars)

    def _due_minute(self, calendars: Calendars) -> dt.datetime | None:
        rest = self.limit.minutes
        for run in self._runs():
            calendar = _named(calendars, run)
            if run.ended is None or run is self.segments[-1]:
                return self.limit.reach(calendar, run.began, rest)
            spent = self.limit.spent(calendar, run.began, run.ended)
            if spent >= rest:
                return self.limit.reach(calendar, run.began, rest)
            rest -= spent
        return None

    def _due_date(self, calendars: Calendars) -> dt.datetime | None:
        runs = self._runs()
        paused = 0
        for index, run in enumerate(runs):
            calendar = _named(calendars, run)
            if index:
                paused += _dates_between(calendar, runs[index - 1].ended, run.began)
            due = self.limit.due(calendar, runs[0].began, paused_days=paused)
            if index and due <= run.began:
                due = calendar.end_of_working_day(run.began)
            if run.ended is None or due <= run.ended or run is self.segments[-1]:
                return due
        return None

    def _runs(self) -> tuple[Segment, ...]:
        """Give the runs that count: those since the last restart."""
        counted: list[Segment] = []
        for segment in self.segments:
            if segment.anew:
                counted.clear()
            if segment.kind is Kind.RUN:
                counted.append(segment)
        return tuple(counted)

    def _last(self) -> Segment:
        if not self.segments:
            raise ClockNotStarted
        return self.segments[-1]

    def _open(self) -> Segment:
        last = self._last()
        if last.ended is not None:
            raise ClockStopped(ended=last.ended.isoformat())
        return last

    def _turn(self, at: dt.datetime, kind: Kind, calendar: str, *, anew: bool = False) -> Clock:
        opened = Segment(_utc(at), None, kind, calendar, anew=anew)
        return replace(self, segments=(*self._closed(at), opened))

    def _closed(self, at: dt.datetime) -> tuple[Segment, ...]:
        """Give the segments with the last one ended at ``at``; raises ``BackInTime``."""
        *earlier, last = self.segments
        floor = last.ended or last.began
        if _utc(at) < floor:
            raise BackInTime(at=at.isoformat(), last=floor.isoformat())
        return (*earlier, last if last.ended else replace(last, ended=_utc(at)))


def _utc(at: dt.datetime) -> dt.datetime:
    minute_of(at)  # refuses an instant without a zone
    return at.astimezone(dt.UTC)


def _named(calendars: Calendars, segment: Segment) -> Calendar:
    try:
        return calendars[segment.calendar]
    except KeyError:
        raise UnknownCalendar(calendar=segment.calendar) from None


def _dates_between(calendar: Calendar, ended: dt.datetime | None, began: dt.datetime) -> int:
    assert ended is not None
    return (calendar.local(began).date() - calendar.local(ended).date()).days
