"""Instants and whole minutes: the clock of Motcua ticks once a minute, in UTC."""

from __future__ import annotations

import datetime as dt

from motcua.kernel.errors import Refused

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MINUTE = 60  # seconds
_DAY = 24 * 60  # minutes


class NaiveInstant(Refused):
    """A date and time without a zone names no instant."""

    code = "calendar.naive_instant"
    vi = "Thời điểm {at} thiếu múi giờ; hãy ghi kèm múi giờ."
    en = "The time {at} has no time zone; state it with one."


def minute_of(at: dt.datetime) -> int:
    """Give the whole minutes from 1970-01-01T00:00Z to ``at``, rounded down.

    Raises ``NaiveInstant`` when ``at`` carries no offset.
    """
    try:
        since = at - _EPOCH
    except TypeError:
        raise NaiveInstant(at=at.isoformat()) from None
    return since.days * _DAY + since.seconds // _MINUTE  # a quicker // of two timedeltas


def instant_of(minute: int) -> dt.datetime:
    """Give the UTC instant of a whole minute since 1970-01-01T00:00Z."""
    return _EPOCH + dt.timedelta(minutes=minute)
