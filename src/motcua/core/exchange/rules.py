"""When a message that could not be delivered is tried again: pure, time passed in."""

from __future__ import annotations

from datetime import timedelta

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(minutes=30)
# About two weeks of trying: a receiver that is down for a week loses nothing.
MAX_TRIES = 700
_DOUBLINGS = 20  # beyond this the delay is the longest one anyway


def delay(tries: int) -> timedelta:
    """Give the pause after the try of this number (1, 2, …): 10 s, 20 s, … at most 30 min."""
    doubled: int = 2 ** min(tries - 1, _DOUBLINGS)
    return min(FIRST_DELAY * doubled, LONGEST_DELAY)
