"""When a failed job is tried again and when a schedule comes round: pure, time passed in."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_DELAY = timedelta(seconds=5)
LONGEST_DELAY = timedelta(hours=1)
FULL_DISK_DELAY = timedelta(seconds=15)
_DOUBLINGS = 20  # beyond this the delay is the longest one anyway


def delay(tries: int) -> timedelta:
    """Give the pause after the try of this number (1, 2, …): 5 s, 10 s, 20 s, … at most 1 h."""
    doubled: int = 2 ** min(tries - 1, _DOUBLINGS)
    return min(FIRST_DELAY * doubled, LONGEST_DELAY)


def next_slot(slot: datetime, every_seconds: int, at: datetime) -> datetime:
    """Give the first slot after `at` on the grid of `slot`; the slots that were missed are one."""
    step = timedelta(seconds=every_seconds)
    return slot + step * ((at - slot) // step + 1)
