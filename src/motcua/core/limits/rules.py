"""A sliding window from two counts: what was used of a limit, and how long to wait (pure).

Time is cut into slots as long as the limit's window. What was used in the slot before counts for
the share of the window that still lies in it, as if it had been spread evenly: one row for each
subject, no list of instants, and no edge at which twice the limit passes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `most` (uses, or bytes) in any `seconds` seconds."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Used:
    """What one subject used: in the slot of a number, and in the one before it."""

    slot: int
    count: int
    before: int


@dataclass(frozen=True, slots=True)
class Moment:
    """Where an instant lies: in which slot, and how many seconds of it are over."""

    slot: int
    over: int


def moment(rate: Rate, second: int) -> Moment:
    """Place a second since 1970."""
    return Moment(*divmod(second, rate.seconds))


def at_moment(used: Used, when: Moment) -> Used:
    """Tell the same use as seen from a slot; a clock that runs behind sees what the row says."""
    behind = when.slot - used.slot
    if behind <= 0:
        return used
    return Used(when.slot, 0, used.count if behind == 1 else 0)


def fits(rate: Rate, used: Used, when: Moment, amount: int = 1) -> bool:
    """Tell whether `amount` more stays within the limit. The SQL of `usage` says the same."""
    seen = at_moment(used, when)
    inside = seen.before * (rate.seconds - when.over)
    return (seen.count + amount) * rate.seconds + inside <= rate.most * rate.seconds


def wait(rate: Rate, used: Used, when: Moment, amount: int = 1) -> int:
    """Give the seconds until `amount` fits if nobody uses anything meanwhile (at least 1).

    What is more than the limit never fits; the whole window is given.
    """
    if amount > rate.most:
        return rate.seconds
    seen = at_moment(used, when)
    if seen.count + amount <= rate.most:
        return max(1, _share(rate, seen.before, seen.count + amount) - when.over)
    return rate.seconds - when.over + _share(rate, seen.count, amount)


def _share(rate: Rate, before: int, wanted: int) -> int:
    """Give the second of a slot from which `wanted` fits beside the slot before."""
    if not before:
        return 0
    room = (rate.most - wanted) * rate.seconds // before
    return max(0, rate.seconds - room)
