"""The day that an apology promises anew: pure rules, the legal due date is never moved by them."""

from __future__ import annotations

import datetime

from motcua.kernel.calendar import Calendar, Limit, Unit
from motcua.kernel.errors import Refused


class NothingDue(Refused):
    """A dossier without a legal due date cannot be late."""

    code = "dossiers.nothing_due"
    vi = "Hồ sơ này không có hạn giải quyết đang chạy nên không có ngày hẹn để lùi."
    en = "This dossier has no due date running, so there is no promise to move."
    status = 409


class PromiseMissing(Refused):
    """An apology names no new day."""

    code = "dossiers.promise_missing"
    vi = "Chọn ngày hẹn trả mới."
    en = "Choose the new promised day."


class PromiseTooEarly(Refused):
    """The new day lies before the old one, or has passed."""

    code = "dossiers.promise_too_early"
    vi = "Ngày hẹn lại phải sau hạn giải quyết và chưa qua."
    en = "The new day must lie after the due date and not in the past."


class PromiseDayOff(Refused):
    """Nobody works on the new day."""

    code = "dossiers.promise_day_off"
    vi = "Cơ quan không làm việc ngày này; chọn một ngày làm việc."
    en = "The agency does not work on that day; choose a working day."


class PromiseTooFar(Refused):
    """The new day lies beyond what the calendar knows."""

    code = "dossiers.promise_too_far"
    vi = "Ngày hẹn lại quá xa; chọn một ngày trong vòng một năm kể từ hạn giải quyết."
    en = "The new day is too far; choose one within a year of the due date."


_FARTHEST = datetime.timedelta(days=366)


def later_promise(
    day: datetime.date | None,
    *,
    due: datetime.datetime | None,
    at: datetime.datetime,
    calendar: Calendar,
) -> datetime.datetime:
    """Give the end of the working day that is promised anew, or refuse it by name."""
    if due is None:
        raise NothingDue
    if day is None:
        raise PromiseMissing
    if day <= calendar.local(max(due, at)).date():
        raise PromiseTooEarly
    if day > calendar.local(due).date() + _FARTHEST:
        raise PromiseTooFar
    if not calendar.is_working_day(day):
        raise PromiseDayOff
    return calendar.close_of(day)


def apologise_by(
    ahead: Limit | None, due: datetime.datetime, calendar: Calendar
) -> datetime.datetime:
    """Give the last instant for an apology: as long before the due date as the law asks.

    Calendar days are counted back from the hour of the due date, whoever works on them.
    """
    if ahead is None:
        return due
    if ahead.unit is Unit.CALENDAR_DAY:
        return due - datetime.timedelta(days=int(ahead.amount))
    return ahead.latest_start(calendar, due)
