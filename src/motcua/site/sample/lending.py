"""Papers about people in a made-up year: powers lent for some weeks, and interests declared.

Both by the real acts, made by the officer whom they are about. Whoever lends or takes is there
all that time.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from motcua.core.access import actors
from motcua.core.agencies.models import Delegation
from motcua.core.people.models import Interest
from motcua.core.staff.interests import declare_interest
from motcua.core.staff.standing_in import Lending, delegate
from motcua.site.sample import people
from motcua.site.sample.acting import day_at
from motcua.site.sample.coming import Stretch
from motcua.site.sample.events import Event
from motcua.site.sample.staffing import TAKEN, Leave, Team

_GIVES, _TAKES, _DECLARES = "leader", "unit_head", "specialist"
_WEEKS = (2, 6)
_TRIES = 8
_SOON = (1, 20)
_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Who lends to whom, and the days in which both are there."""

    agency_id: int
    giver_id: int
    taker_id: int
    since: datetime.date
    until: datetime.date


def papers(stretch: Stretch, teams: Iterable[Team], away: list[Leave]) -> Iterator[Event]:
    """Give what the teams of a stretch lend and declare."""
    for team in teams:
        pair = _pair(stretch, team, away)
        if pair is not None:
            yield Event(team.at_eight(pair.since), partial(_lend, pair))
        officer_id = _one(team, _DECLARES)
        if officer_id is not None:
            chance = stretch.chance(f"interest:{team.node.code}")
            day = team.first + chance.randint(*_SOON) * _DAY
            told = partial(_declare, team.node.id, officer_id, people.tax_code(chance))
            yield Event(team.at_eight(day), told)


def _pair(stretch: Stretch, team: Team, away: list[Leave]) -> _Pair | None:
    """Draw who lends to whom and when; None where nobody can, or they are away too often."""
    chance = stretch.chance(f"lending:{team.node.code}")
    giver, taker = _one(team, _GIVES), _one(team, _TAKES)
    if giver is None or taker is None or giver == taker:
        return None
    for _ in range(_TRIES):
        since = team.first + chance.randrange((team.last - team.first).days) * _DAY
        until = since + chance.randint(*_WEEKS) * 7 * _DAY
        busy = (one for one in away if one.overlaps(since, until))
        if until < team.last and not any(
            {giver, taker} & {one.officer_id, one.stand_in_id} for one in busy
        ):
            return _Pair(team.node.id, giver, taker, since, until)
    return None


def _one(team: Team, post: str) -> int | None:
    return next((one.officer_id for one in team.posts if one.post == post), None)


def _lend(pair: _Pair, at: datetime.datetime) -> None:
    """Lend the powers as their holder, once."""
    known = Delegation.objects.filter(giver_id=pair.giver_id, valid_from=pair.since, absence=None)
    if known.exists():
        return
    lending = Lending(
        giver_id=pair.giver_id,
        agency_id=pair.agency_id,
        post=_GIVES,
        taker_id=pair.taker_id,
        capacity=Delegation.Capacity.BY_POWER,
        document=f"Giấy ủy quyền ngày {pair.since:%d/%m/%Y}",
        valid_from=pair.since,
        valid_to=pair.until,
    )
    actor = actors.officer(pair.giver_id, "", on=day_at(pair.agency_id, at))
    with suppress(*TAKEN):
        delegate(actor=actor, at=at, lending=lending, key=None)


def _declare(agency_id: int, officer_id: int, tax_code: str, at: datetime.datetime) -> None:
    """Declare a firm in which an officer has an interest, once."""
    firm = Interest.Kind.FIRM
    if Interest.objects.filter(officer_id=officer_id, kind=firm).exists():
        return
    actor = actors.officer(officer_id, "", on=day_at(agency_id, at))
    declare_interest(
        actor=actor, at=at, officer_id=officer_id, kind=firm, number=tax_code, key=None
    )
