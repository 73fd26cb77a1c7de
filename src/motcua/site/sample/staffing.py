"""Who is at work in a made-up year: leaves with stand-ins, recorded by the real act.

A plan hangs on the seed alone. Only those are away for whom somebody of the same agency can stand
in; counters, and whoever takes fees, leave only where another holds the same post, for the powers
of the counter are not lent.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from random import Random

from motcua.core.access import actors
from motcua.core.agencies.models import Absence, Appointment
from motcua.core.agencies.queries import agency, in_force
from motcua.core.clock.calendars import calendars
from motcua.core.procedures.systems import system_of
from motcua.core.staff.standing_in import be_away
from motcua.site.sample.acting import day_at

_DAY = datetime.timedelta(days=1)
_LEAVES = (1, 3)  # of a year
_LENGTHS = (2, 5)  # days each
_YEAR = 365
_TOLD_BEFORE = datetime.timedelta(days=3)
_SUMMER = (6, 7, 8)
_COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Leave:
    """An officer away from `since` until before `until`, and who stands in."""

    officer_id: int
    stand_in_id: int
    agency_id: int
    since: datetime.date
    until: datetime.date

    def overlaps(self, since: datetime.date, until: datetime.date) -> bool:
        """Tell whether it lies in some of these days."""
        return self.since < until and since < self.until


def leaves(seed: int, agency_ids: Collection[int], first: datetime.date, days: int) -> list[Leave]:
    """Plan the leaves of a stretch for the agencies, earliest first."""
    planned: list[Leave] = []
    for agency_id in sorted(agency_ids):
        planned += _of_agency(seed, agency_id, first, days)
    return sorted(planned, key=lambda one: (one.since, one.officer_id))


def told_at(leave: Leave, first: datetime.date) -> datetime.datetime:
    """Give when a leave is recorded: some days before, in the morning."""
    calendar = calendars[agency(leave.agency_id).calendar]
    day = max(leave.since - _TOLD_BEFORE, first)
    return datetime.datetime.combine(day, datetime.time(8), calendar.tzinfo).astimezone(
        datetime.UTC
    )


def record(leave: Leave, at: datetime.datetime) -> bool:
    """Record a leave as the officer would; False where it was recorded before."""
    known = Absence.objects.filter(officer_id=leave.officer_id, valid_from=leave.since)
    if known.exists():
        return False
    be_away(
        actor=actors.officer(leave.officer_id, "", on=day_at(leave.agency_id, at)),
        at=at,
        officer_id=leave.officer_id,
        stand_in_id=leave.stand_in_id,
        days=(leave.since, leave.until),
        key=None,
    )
    return True


def _of_agency(seed: int, agency_id: int, first: datetime.date, days: int) -> list[Leave]:
    last = first + days * _DAY
    posts = [
        one
        for one in in_force(first).filter(agency_id=agency_id).order_by("id")
        if one.valid_to is None or one.valid_to > last
    ]
    planned: list[Leave] = []
    for officer_id in dict.fromkeys(one.officer_id for one in posts):
        chance = Random(f"{seed}:leave:{agency(agency_id).code}:{_number(posts, officer_id)}")  # noqa: S311
        fit = list(_stand_ins(posts, officer_id))
        if fit:
            _add_leaves(planned, chance, (officer_id, agency_id), fit, (first, days))
    return planned


def _number(posts: list[Appointment], officer_id: int) -> int:
    """Number an officer within the agency, the same on every instance of a city."""
    return list(dict.fromkeys(one.officer_id for one in posts)).index(officer_id)


def _add_leaves(
    planned: list[Leave],
    chance: Random,
    who: tuple[int, int],
    fit: list[int],
    stretch: tuple[datetime.date, int],
) -> None:
    (officer_id, agency_id), (first, days) = who, stretch
    count = round(chance.randint(*_LEAVES) * days / _YEAR)
    for _ in range(count):
        since = first + chance.randrange(days) * _DAY
        if since.month not in _SUMMER and chance.random() < 0.5:
            since = first + chance.randrange(days) * _DAY
        until = since + chance.randint(*_LENGTHS) * _DAY
        stand_in = chance.choice(fit)
        concerned = {officer_id, stand_in}
        busy = (one for one in planned if one.overlaps(since, until))
        if any(concerned & {one.officer_id, one.stand_in_id} for one in busy):
            continue
        planned.append(Leave(officer_id, stand_in, agency_id, since, until))


def _stand_ins(posts: Iterable[Appointment], officer_id: int) -> Iterator[int]:
    rows = list(posts)
    own = {one.post for one in rows if one.officer_id == officer_id}
    others = dict.fromkeys(one.officer_id for one in rows if one.officer_id != officer_id)
    collect = {_COUNTER, *system_of("one_stop").collectors}
    for other in others:
        theirs = {one.post for one in rows if one.officer_id == other}
        if own & collect <= theirs and _COUNTER not in theirs - own:
            yield other
