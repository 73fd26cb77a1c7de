"""What is shown of ratings: an applicant's own, and months of an agency for its head."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.access.rows import sees
from motcua.core.agencies.queries import Node, agency, tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.situation import NotFound, Snapshot
from motcua.core.ratings.actions import channel_of, standing
from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.models import Channel, Mark, Rating
from motcua.core.ratings.rules import (
    Band,
    Criterion,
    NotTheHead,
    average,
    band,
    changeable,
    check_change,
    final,
    following,
)
from motcua.core.sql import reading
from motcua.kernel.errors import Refused

MONTHS = 12
"""How many months a head sees."""


@dataclass(frozen=True, slots=True)
class Own:
    """What an applicant gave: marks by criterion, words, and whether it may still be changed."""

    marks: Mapping[str, int]
    comment: str
    given_at: datetime.datetime
    channel: str
    changeable: bool


@dataclass(frozen=True, slots=True)
class Averaged:
    """A criterion with its average, None where too few gave a mark."""

    criterion: Criterion
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Month:
    """The ratings first given in a month (its first day), whose marks can change no more.

    Where fewer rated than are shown, `count` is None and all else is empty.
    """

    first: datetime.date
    count: int | None
    averages: tuple[Averaged, ...] = ()
    total: Decimal | None = None
    band: Band | None = None
    comments: tuple[str, ...] = ()


def own_rating(actor: Actor, snapshot: Snapshot, at: datetime.datetime) -> Own | None:
    """Give what the applicant of a dossier gave, to nobody else. Raises `NotFound`."""
    tx = reading()
    if not sees(tx, actor, snapshot.id):
        raise NotFound
    found = standing(tx, snapshot.id)
    if found is None or actor.party_id is None or actor.party_id != snapshot.applicant_id:
        return None
    row = Rating.objects.get(pk=found[0])
    marks = dict(row.marks.values_list("criterion", "points"))
    still = changeable(found[1], at, settings.MOTCUA_RATING_CHANGE_DAYS)
    return Own(marks, row.comment, row.given_at, row.channel, still)


def why_not(actor: Actor, snapshot: Snapshot, at: datetime.datetime) -> Refused | None:
    """Tell why an actor cannot rate a dossier now; None where they can. Raises `NotFound`."""
    tx = reading()
    if not sees(tx, actor, snapshot.id):
        raise NotFound
    try:
        channel = channel_of(actor, snapshot)
        found = standing(tx, snapshot.id)
        days = settings.MOTCUA_RATING_CHANGE_DAYS
        first = found[1] if found else None
        check_change(first, at, days, counter=channel is Channel.COUNTER)
    except Refused as refusal:
        return refusal
    return None


def asks(actor: Actor, snapshot: Snapshot) -> bool:
    """Tell, without a look into the ratings, whether an officer's counter may ask for one."""
    try:
        return channel_of(actor, snapshot) is Channel.COUNTER
    except Refused:
        return False


def headed(actor: Actor, on: datetime.date) -> list[Node]:
    """Give the living agencies that an actor answers for, their own first."""
    found = [one for one in tree().living(on) if heads(actor, one.id)]
    own = actor.agencies()
    return sorted(found, key=lambda one: (one.id not in own, one.code))


def months(actor: Actor, agency_id: int, at: datetime.datetime) -> tuple[Month, ...]:
    """Give the last months of an agency that are final, the latest first. Raises `NotTheHead`."""
    if not heads(actor, agency_id):
        raise NotTheHead
    zone = calendars[agency(agency_id).calendar].tzinfo
    today = at.astimezone(zone).date()
    days = settings.MOTCUA_RATING_CHANGE_DAYS
    firsts, first = list[datetime.date](), today.replace(day=1)
    while len(firsts) < MONTHS:
        if final(first, today, days):
            firsts.append(first)
        first = (first - datetime.timedelta(days=1)).replace(day=1)
    return tuple(_month(agency_id, one, zone) for one in firsts)


def _month(agency_id: int, first: datetime.date, zone: datetime.tzinfo) -> Month:
    bounds = (first, following(first))
    begin, end = (datetime.datetime.combine(one, datetime.time(), zone) for one in bounds)
    rows = Rating.objects.filter(
        agency_id=agency_id, first_at__gte=begin, first_at__lt=end, replaced_seq__isnull=True
    )
    count, least = rows.count(), settings.MOTCUA_RATINGS_SHOWN_FROM
    if count < max(least, 1):
        return Month(first, None)
    averages = _averages(rows, least)
    known = [one.points for one in averages if one.points is not None]
    total = sum(known, Decimal()) if len(known) == len(averages) else None
    # In the order of their random salts, so that nothing tells when a word was said.
    said = rows.exclude(comment="").order_by("salt").values_list("comment", flat=True)
    return Month(
        first=first,
        count=count,
        averages=averages,
        total=total,
        band=band(total, criteria().bands) if total is not None else None,
        comments=tuple(said),
    )


def _averages(rows: QuerySet[Rating], least: int) -> tuple[Averaged, ...]:
    marks = Mark.objects.filter(rating__in=rows).values("criterion")
    sums = {
        row["criterion"]: (row["total"], row["n"])
        for row in marks.annotate(total=Sum("points"), n=Count("id"))
    }
    return tuple(
        Averaged(one, average(*sums.get(one.key, (0, 0)), least)) for one in criteria().criteria
    )
