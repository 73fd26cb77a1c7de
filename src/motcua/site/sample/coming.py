"""What comes in over a made-up stretch: each dossier drawn from a chance of its own.

Everything hangs on the seed and the stretch, so a run that was broken off finds its own dossiers
again: no two come at the same microsecond to the same agency for the same procedure.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from random import Random

from motcua.core.access.actors import PUBLIC
from motcua.core.agencies.queries import agency, tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.models import Dossier
from motcua.core.procedures.declaration import Declaration
from motcua.site.sample.acting import NobodyThere, People, day_at
from motcua.site.sample.forms import filing
from motcua.site.sample.season import Season

DAYS = 365
_ONLINE = 0.6
_DRAWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The days simulated, how much comes in on them, and the instant at which they break off.

    `part` of `parts` is what one process does: the agencies are dealt out among them.
    """

    dossiers: int
    seed: int
    first: datetime.date
    days: int
    until: datetime.datetime
    part: int = 0
    parts: int = 1

    def dealt(self, part: int, parts: int) -> Stretch:
        """Give one part of it."""
        return replace(self, part=part, parts=parts)

    def chance(self, name: str) -> Random:
        """Give the source of chance of one thing: the same in every run of the stretch."""
        return Random(f"{self.seed}:{name}")  # noqa: S311 - made-up people


@dataclass(frozen=True, slots=True)
class Place:
    """Where a procedure is filed, from one day until another."""

    declaration: Declaration
    agency_id: int
    share: float
    since: datetime.date
    until: datetime.date | None = None

    def works(self, on: datetime.date) -> bool:
        """Tell whether it is filed there on a day."""
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(slots=True)
class Coming:
    """One dossier on its way; `dossier_id` is 0 until it is filed."""

    name: str
    declaration: Declaration
    agency_id: int
    channel: str
    at: datetime.datetime
    dossier_id: int = 0
    tries: int = 0  # how often nothing could be done since the last act
    followed: bool = False
    revision: int = -1  # as its last act left it

    @property
    def identity(self) -> tuple[datetime.datetime, int, str]:
        """What tells it among all dossiers."""
        return self.at, self.agency_id, self.declaration.code


def stretch_of(
    *,
    dossiers: int,
    seed: int,
    until: datetime.datetime,
    days: int = DAYS,
    first: datetime.date | None = None,
) -> Stretch:
    """Give the stretch that begins on a day, or whose last day is that of `until`."""
    last = calendars["national"].local(until).date()
    begins = first or last - datetime.timedelta(days=days - 1)
    return Stretch(dossiers=dossiers, seed=seed, first=begins, days=days, until=until)


def coming(stretch: Stretch, found: list[Place], season: Season) -> list[Coming]:
    """Draw everything that comes in, for the agencies of this part."""
    mine = agencies(stretch, found)
    shares = [one.share for one in found]
    drawn = (
        _draw(stretch, str(number), found, shares, season) for number in range(stretch.dossiers)
    )
    return [one for one in drawn if one is not None and one.agency_id in mine]


def _draw(
    stretch: Stretch, name: str, found: list[Place], shares: list[float], season: Season
) -> Coming | None:
    """Draw a dossier: where, how and when; None where nobody takes it in, however often drawn."""
    chance, calendar = stretch.chance(name), calendars["national"]
    for _ in range(_DRAWS):
        (place,) = chance.choices(found, shares)
        online = _online(place.declaration, chance)
        at = season.arrival(chance, online=online)
        if place.works(calendar.local(at).date()):
            channel = "online" if online else "counter"
            return Coming(name, place.declaration, place.agency_id, channel, at)
    return None


def agencies(stretch: Stretch, found: Iterable[Place]) -> frozenset[int]:
    """Give the agencies of this part: all are dealt out so that each part has as much to do.

    The same ones on every instance of a city, whatever their ids.
    """
    shares = dict.fromkeys(tree().nodes, 0.0)
    for place in found:
        shares[place.agency_id] += place.share
    full = [0.0] * stretch.parts
    mine = set()
    for one in sorted(shares, key=lambda one: (-shares[one], agency(one).code)):
        part = full.index(min(full))
        full[part] += shares[one]
        if part == stretch.part:
            mine.add(one)
    return frozenset(mine)


def find_again(stretch: Stretch, drawn: Iterable[Coming]) -> int:
    """Mark the dossiers that an earlier run of the stretch has filed; give how many."""
    calendar = calendars["national"]
    begins = datetime.datetime.combine(stretch.first, datetime.time(), calendar.tzinfo)
    ends = begins + datetime.timedelta(days=stretch.days + 1)
    rows = Dossier.objects.filter(origin="sample", filed_at__gte=begins, filed_at__lt=ends)
    columns = ("filed_at", "receiving_agency_id", "version__procedure__code", "pk")
    known = {row[:3]: row[3] for row in rows.order_by("id").values_list(*columns)}
    for one in drawn:
        one.dossier_id = known.get(one.identity, 0)
    return len(known)


def take_in(stretch: Stretch, one: Coming, people: People) -> int:
    """File a dossier, at the counter by whoever is there; give its id."""
    counter, actor = one.channel == "counter", PUBLIC
    chance = stretch.chance(f"{one.name}:form")
    if counter:
        post = one.declaration.flow.step[one.declaration.flow.start].post
        found = people.one_of(one.agency_id, post, one.at, chance)
        if found is None:
            raise NobodyThere(agency=agency(one.agency_id).name_vi, post=post, move="file")
        actor = found
    on = day_at(one.agency_id, one.at)
    asked = filing(one.declaration, one.agency_id, chance, on=on, channel=one.channel)
    done = file(actor=actor, at=one.at, filing=asked, key=None, take_in=counter, origin="sample")
    return done.dossier_id


def _online(declaration: Declaration, chance: Random) -> bool:
    if "counter" in declaration.channels and chance.random() > _ONLINE:
        return False
    return "public" in declaration.channels
