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
from motcua.core.staff.rules import AwayThen, InACircle, StandsIn
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

TAKEN = (AwayThen, StandsIn, InACircle)
"""Refusals that say: those days of an officer are spoken for."""


@dataclass(frozen=True, slots=True)
class Leave:
    """An officer away from `since` until before `until`, who stands in, and when that is `told`."""

    officer_id: int
    stand_in_id: int
    agency_id: int
    since: datetime.date
    until: datetime.date
    told: datetime.datetime

    def overlaps(self, since: datetime.date, until: datetime.date) -> bool:
        """Tell whether it lies in some of these days."""
        return self.since < until and since < self.until


@dataclass(frozen=True, slots=True)
class Team:
    """The people of an agency who are there all its days of a stretch, from `first` before `last`.

    An agency that begins or ends in a stretch has its own days in it, and whoever comes by a
    reform is not of the team yet.
    """

    node: Node
    first: datetime.date
    last: datetime.date
    posts: tuple[Appointment, ...]

    def at_eight(self, day: datetime.date) -> datetime.datetime:
        """Give the beginning of a day's work."""
        calendar = calendars[self.node.calendar]
        begins = datetime.datetime.combine(day, datetime.time(8), calendar.tzinfo)
        return begins.astimezone(datetime.UTC)


def teams(stretch: Stretch, agency_ids: Collection[int]) -> list[Team]:
    """Give the teams of a stretch that have a day in it."""
    came = former_officers()
    found = (_team(stretch, agency(one), came) for one in sorted(agency_ids))
    return [one for one in found if one.first < one.last]


def leaves(stretch: Stretch, found: Iterable[Team]) -> list[Leave]:
    """Plan the leaves of the teams, earliest first."""
    planned: list[Leave] = []
    for team in found:
        planned += _of_team(stretch, team)
    return sorted(planned, key=lambda one: (one.since, one.officer_id))


def record(leave: Leave, at: datetime.datetime) -> bool:
    """Record a leave as the officer would; False where it was recorded before.

    So it is where an earlier year, of another seed, has filled the same days.
    """
    known = Absence.objects.filter(officer_id=leave.officer_id, valid_from=leave.since)
    if known.exists():
        return False
    try:
        be_away(
            actor=actors.officer(leave.officer_id, "", on=day_at(leave.agency_id, at)),
            at=at,
            officer_id=leave.officer_id,
            stand_in_id=leave.stand_in_id,
            days=(leave.since, leave.until),
            key=None,
        )
    except TAKEN:
        return False
    return True


def _team(stretch: Stretch, node: Node, came: Collection[int]) -> Team:
    first = max(stretch.first, node.valid_from or stretch.first)
    last, ends = stretch.first + stretch.days * _DAY, end_of(node)
    last = last if ends is None else min(last, ends)
    posts = in_force(first).filter(agency_id=node.id).order_by("id")
    if node.code in order().ending:  # the reform, not a person, ends these
        return Team(node, first, last, tuple(posts))
    stay = (one for one in posts if one.valid_to is None or one.valid_to > last)
    return Team(node, first, last, tuple(one for one in stay if one.officer_id not in came))


def _of_team(stretch: Stretch, team: Team) -> list[Leave]:
    planned: list[Leave] = []
    for number, officer_id in enumerate(dict.fromkeys(one.officer_id for one in team.posts)):
        chance = stretch.chance(f"leave:{team.node.code}:{number}")
        fit = list(_stand_ins(team.posts, officer_id))
        if fit:
            _add_leaves(planned, chance, (officer_id, fit), team)
    return planned


def _add_leaves(
    planned: list[Leave], chance: Random, who: tuple[int, list[int]], team: Team
) -> None:
    (officer_id, fit), first, days = who, team.first, (team.last - team.first).days
    count = round(chance.randint(*_LEAVES) * days / _YEAR)
    for _ in range(count):
        since = first + chance.randrange(days) * _DAY
        if since.month not in _SUMMER and chance.random() < 0.5:
            since = first + chance.randrange(days) * _DAY
        until = min(since + chance.randint(*_LENGTHS) * _DAY, team.last)
        stand_in = chance.choice(fit)
        concerned = {officer_id, stand_in}
        busy = (one for one in planned if one.overlaps(since, until))
        if any(concerned & {one.officer_id, one.stand_in_id} for one in busy):
            continue
        told = team.at_eight(max(since - _TOLD_BEFORE, first))
        planned.append(Leave(officer_id, stand_in, team.node.id, since, until, told))


def _stand_ins(posts: Iterable[Appointment], officer_id: int) -> Iterator[int]:
    rows = list(posts)
    own = {one.post for one in rows if one.officer_id == officer_id}
    others = dict.fromkeys(one.officer_id for one in rows if one.officer_id != officer_id)
    collect = {_COUNTER, *system_of("one_stop").collectors}
    for other in others:
        theirs = {one.post for one in rows if one.officer_id == other}
        if own & collect <= theirs and _COUNTER not in theirs - own:
            yield other
