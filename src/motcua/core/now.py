"""The only place that reads the system clock; everything below is told the time."""

from __future__ import annotations

import datetime


def now() -> datetime.datetime:
    """Give the present instant in UTC, to the microsecond."""
    return datetime.datetime.now(tz=datetime.UTC)  # noqa: TID251 - this is the one door to the clock
