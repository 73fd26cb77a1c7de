"""When the house is well, and who keeps it: decided from facts that are passed in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from motcua.core.access.keepers import SYSTEM_KEEPER
from motcua.kernel.errors import Refused

KEEPER = SYSTEM_KEEPER
"""The post of those who keep the house running."""

SILENCE = datetime.timedelta(minutes=2)
"""So much later than its schedule the worker may be before it counts as standing still."""

WAITING = datetime.timedelta(minutes=30)
"""So long a job, a message or an entry may wait before somebody should look."""

ARCHIVE_AGE = datetime.timedelta(hours=26)
"""A nightly archive is this old at the most: a day, and the time that it takes."""

DRILL_AGE = datetime.timedelta(days=92)
"""A restore is tried every quarter."""

_ROOM_SHARE, _ROOM_BYTES = 0.05, 2 * 1024**3


class NotTheSystemKeeper(Refused):
    """The pages of upkeep are for those who keep the house running."""

    code = "upkeep.not_the_keeper"
    vi = "Trang vận hành dành cho người giữ vị trí quản trị hệ thống."
    en = "The pages of upkeep are for those who hold the post of system keeper."
    status = 403


class ReasonUnknown(Refused):
    """What was given up is dropped without one of the reasons that there are."""

    code = "upkeep.reason"
    vi = "Chọn lý do bỏ: đã làm cách khác, không còn cần, hoặc không thể làm được."
    en = "Choose why it is dropped: done in another way, needed no more, or impossible."


def stands_still(next_turn: datetime.datetime | None, at: datetime.datetime) -> bool:
    """Tell whether no worker took the turn that the most frequent schedule was due."""
    return next_turn is not None and next_turn + SILENCE < at


def waits_long(since: datetime.datetime | None, at: datetime.datetime) -> bool:
    """Tell whether the oldest that waits has waited too long; None where nothing waits."""
    return since is not None and since + WAITING < at


_APART = datetime.timedelta(seconds=30)


def is_together(one: datetime.datetime, other: datetime.datetime) -> bool:
    """Tell whether two clocks agree as well as deadlines and seals need: within 30 seconds."""
    return abs(one - other) <= _APART


def is_cramped(free: int, total: int) -> bool:
    """Tell whether a disk has less room than 2 GiB, or than a twentieth of it where that is less.

    A small disk that is nearly empty is not cramped; a full large one is, before it is full.
    """
    return free < min(_ROOM_BYTES, total * _ROOM_SHARE)


def newest(instants: Iterable[str]) -> datetime.datetime | None:
    """Give the latest of instants as archives tell them (ISO 8601), None where there are none."""
    return max((datetime.datetime.fromisoformat(one) for one in instants), default=None)
