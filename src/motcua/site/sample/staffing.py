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
from motcua.core.agencies.queries import Node, agency, in_force
from motcua.core.clock.calendars import calendars
from motcua.core.procedures.systems import system_of
from motcua.core.staff.standing_in import be_away
from motcua.site.sample.acting import day_at
from motcua.site.sample.coming import Stretch
from motcua.site.sample.former import end_of, former_officers, order

_DAY = datetime.timedelta(days=1)
_LEAVES = (1, 3)  # of a year
_LENGTHS = (2, 5)  # days each
_YEAR = 365
_TOLD_BEFORE = datetime.timedelta(days=3)
_SUMMER = (6, 7, 8)
_COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Leave:
    """An officer away from `since` until before `until`, who stands in, and when that is `told`."""

    officer_id: int
    stand_in_id: int
    agency_id: int
    since: datetime.date
    until: datetime.date
    told: datetime.date

    def overlaps(self, since: datetime.date, until: datetime.date) -> bool:
        """Tell whether it lies in some of these days."""
        return self.since < until and since < self.until


def leaves(stretch: Stretch, agency_ids: Collection[int]) -> list[Leave]:
    """Plan the leaves of a stretch for the agencies, earliest first.

    An agency that begins or ends in it has leaves in its own days, and of its own people only:
    whoever comes by a reform is away no more that year.
    """
    planned: list[Leave] = []
    coming = former_officers()
    for agency_id in sorted(agency_ids):
        planned += _of_agency(stretch, agency(agency_id), coming)
    return sorted(planned, key=lambda one: (one.since, one.officer_id))


def told_at(leave: Leave) -> datetime.datetime:
    """Give when a leave is recorded: some days before, in the morning."""
    calendar = calendars[agency(leave.agency_id).calendar]
    return datetime.datetime.combine(leave.told, datetime.time(8), calendar.tzinfo).astimezone(
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


def _of_agency(stretch: Stretch, node: Node, coming: Collection[int]) -> list[Leave]:
    first = max(stretch.first, node.valid_from or stretch.first)
    last = stretch.first + stretch.days * _DAY
    ends = end_of(node)
    last = last if ends is None else min(last, ends)
    ending = node.code in order().ending
    posts = [
        one
        for one in in_force(first).filter(agency_id=node.id).order_by("id")
        if (one.valid_to is None or one.valid_to > last or ending)
        and (ending or one.officer_id not in coming)
    ]
    planned: list[Leave] = []
    for officer_id in dict.fromkeys(one.officer_id for one in posts):
        chance = Random(f"{stretch.seed}:leave:{node.code}:{_number(posts, officer_id)}")  # noqa: S311
        fit = list(_stand_ins(posts, officer_id))
        if fit and first < last:
            _add_leaves(planned, chance, (officer_id, node.id), fit, (first, (last - first).days))
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
        until = min(since + chance.randint(*_LENGTHS) * _DAY, first + days * _DAY)
        stand_in = chance.choice(fit)
        concerned = {officer_id, stand_in}
        busy = (one for one in planned if one.overlaps(since, until))
        if any(concerned & {one.officer_id, one.stand_in_id} for one in busy):
            continue
        told = max(since - _TOLD_BEFORE, first)
        planned.append(Leave(officer_id, stand_in, agency_id, since, until, told))


def _stand_ins(posts: Iterable[Appointment], officer_id: int) -> Iterator[int]:
    rows = list(posts)
    own = {one.post for one in rows if one.officer_id == officer_id}
    others = dict.fromkeys(one.officer_id for one in rows if one.officer_id != officer_id)
    collect = {_COUNTER, *system_of("one_stop").collectors}
    for other in others:
        theirs = {one.post for one in rows if one.officer_id == other}
        if own & collect <= theirs and _COUNTER not in theirs - own:
            yield other
