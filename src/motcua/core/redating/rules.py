"""What a change of a calendar says, and what it does to dates: pure.

Dates follow Decree 61/2018 (limits in working days) and the Civil Code 2015, Article 148: an end
on a day off moves to the next working day. What was promised on paper is not touched here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motcua.kernel.calendar import Calendar, Clock, Kind, Limit, date_text
from motcua.kernel.calendar import Calendars as Layouts

OFF, WORK = "off", "work"


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day that becomes off or worked, and what it is called."""

    day: datetime.date
    kind: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Order:
    """What a document changes of a calendar, and from which day on dates are counted by it."""

    calendar: str
    on: datetime.date
    document: str
    days: tuple[Day, ...]


def days_of(
    off: Iterable[datetime.date], work: Iterable[datetime.date], *, vi: str, en: str
) -> tuple[Day, ...]:
    """Give the days of a change; as many worked ones as off ones are told as swapped in pairs."""
    free, worked = sorted(off), sorted(work)
    swapped = len(free) == len(worked)
    days = [Day(one, OFF, vi, en or vi) for one in free]
    for number, one in enumerate(worked):
        told = date_text(free[number]) if swapped else ""
        days.append(
            Day(
                one,
                WORK,
                f"Làm bù cho ngày {told}" if swapped else "Ngày làm bù",
                f"Worked in place of {told}" if swapped else "Worked day",
            )
        )
    return tuple(sorted(days))


def nothing_changes(calendar: Calendar, order: Order) -> list[Day]:
    """Give the days that are already as the change wants them."""
    return [one for one in order.days if calendar.is_working_day(one.day) == (one.kind == WORK)]


def is_due(limit: Limit, clock: Clock, now: Layouts) -> datetime.datetime | None:
    """Give the due date of a duty by the calendars of now, from the stretches of its clock.

    One stretch that still runs, the common case, is the limit counted from its beginning.
    """
    if len(clock.segments) == 1:
        only = clock.segments[0]
        if only.ended is None and only.kind is Kind.RUN:
            return limit.due(now[only.calendar], only.began)
    return clock.due(now)


def kept_up(
    old: Calendar, new: Calendar, *, since: datetime.datetime, due: datetime.datetime
) -> datetime.datetime:
    """Give the due date that leaves as many working minutes from `since` as there were."""
    if due <= since:
        return due
    minutes = old.used(since, due)
    return new.due(since, minutes) if minutes else due


def later_window(
    told: datetime.datetime, limit: Limit, calendar: Calendar, asked_at: datetime.datetime
) -> datetime.datetime:
    """Give the end of an answer window: never before the one that the applicant was told."""
    return max(told, limit.due(calendar, asked_at))


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a date stood at an instant, before and after it moved."""

    before: bool
    after: bool

    @property
    def begins(self) -> bool:
        """Whether what was in time is late now."""
        return self.after and not self.before

    @property
    def ends(self) -> bool:
        """Whether what was late is in time now."""
        return self.before and not self.after


def lateness(
    before: datetime.datetime | None, after: datetime.datetime | None, at: datetime.datetime
) -> Lateness:
    """Compare both dates with an instant; without a date nothing is late."""
    return Lateness(before is not None and before < at, after is not None and after < at)


def pages(ids: list[int], size: int) -> Iterator[list[int]]:
    """Give a list in pages."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
