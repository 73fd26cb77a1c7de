"""Where people queue: agencies with a staffed reception post, and who calls numbers there."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import Node, agency, agency_by_code, kept, staffed
from motcua.core.clock.calendars import calendars
from motcua.core.places import place
from motcua.core.procedures.queries import offered
from motcua.core.queueing.rules import NoQueueThere, NotYourQueue
from motcua.kernel.errors import Refused


def queue_at(agency_id: int, at: datetime.datetime) -> int:
    """Give the id of an agency's queue on the day of an instant, where the agency is."""
    return place(agency_id, _day(agency_id, at).toordinal())


def days_between(agency_id: int, since: datetime.date, until: datetime.date) -> tuple[int, int]:
    """Give the ids of the first and the last queue of an agency in a stretch of days."""
    return place(agency_id, since.toordinal()), place(agency_id, until.toordinal())


def counter_of(code: str, at: datetime.datetime) -> Node:
    """Give the agency of a code where people queue today; raises `NoQueueThere`."""
    try:
        found = agency_by_code(code)
    except Refused as unknown:
        raise NoQueueThere from unknown
    if found.id not in _with_counter(_day(found.id, at)):
        raise NoQueueThere
    return found


def counters_of(actor: Actor) -> list[Node]:
    """Give the agencies where an officer sits at the counter, or stands in there."""
    posts = reception_posts()
    held = [one.agency_id for one in actor.posts if one.post in posts]
    lent = [one.agency_id for one in actor.lent if one.post in posts]
    return [agency(one) for one in dict.fromkeys([*held, *lent])]


def must_call(actor: Actor, agency_id: int) -> None:
    """Refuse who does not sit at the counter of an agency."""
    if all(one.id != agency_id for one in counters_of(actor)):
        raise NotYourQueue


def reception_posts() -> frozenset[str]:
    """Give the posts that take in what comes over a counter; asked anew every few seconds."""
    return kept("reception_posts", _reception_posts)


def _reception_posts() -> frozenset[str]:
    declared = (one.declaration for one in offered())
    return frozenset(
        one.flow.step[one.flow.start].post for one in declared if "counter" in one.channels
    )


def _with_counter(on: datetime.date) -> frozenset[int]:
    found = (staffed(post, on) for post in reception_posts())
    return frozenset[int]().union(*found)


def _day(agency_id: int, at: datetime.datetime) -> datetime.date:
    return calendars[agency(agency_id).calendar].local(at).date()
