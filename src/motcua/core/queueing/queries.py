"""What is shown of a queue: the board, one ticket, the counter's own numbers, and the waits."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.agencies.queries import Node, tree
from motcua.core.clock.calendars import calendars
from motcua.core.places import LAST
from motcua.core.queueing.models import State, Ticket
from motcua.core.queueing.places import counters_of, days_between, must_call, queue_at
from motcua.core.queueing.rules import NoSuchTicket, NotYourQueue

ON_BOARD = 6
"""So many numbers a screen shows; the latest call stands first."""
_MISSED = 12


@dataclass(frozen=True, slots=True)
class Board:
    """What a waiting room sees: numbers that are called with their windows, and how many wait."""

    called: tuple[tuple[int, str], ...]
    waiting: int


@dataclass(frozen=True, slots=True)
class Place:
    """One number: where it stands, how many are before it, and the usual wait of today."""

    number: int
    state: str
    window: str
    ahead: int
    usual_minutes: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What an officer at the counter sees."""

    serving: int | None
    calls: int
    waiting: int
    longest_minutes: int | None
    missed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a counter: tickets, how they ended, and waits in whole minutes (None: no calls)."""

    on: datetime.date
    taken: int
    served: int
    missed: int
    median_minutes: int | None
    longest_minutes: int | None
    service_minutes: int | None


def board(agency_id: int, at: datetime.datetime) -> Board:
    """Give what the screen of the waiting room shows: no person, no procedure."""
    rows = Ticket.objects.filter(queue_id=queue_at(agency_id, at))
    called = rows.filter(state=State.CALLED).order_by("-last_call_at", "-number")
    shown = tuple(called.values_list("number", "window")[:ON_BOARD])
    return Board(shown, rows.filter(state=State.WAITING).count())


def place_of(agency_id: int, number: int, at: datetime.datetime) -> Place:
    """Give where a number of today stands; raises `NoSuchTicket`."""
    rows = Ticket.objects.filter(queue_id=queue_at(agency_id, at))
    one = rows.filter(number=number).first() if number <= LAST else None
    if one is None:
        raise NoSuchTicket
    ahead = rows.filter(state=State.WAITING, number__lt=number).count()
    waits = _waits(rows.exclude(called_at=None).order_by("-called_at")[:20])
    return Place(number, one.state, one.window, ahead, _middle(waits))


def desk(actor: Actor, agency_id: int, at: datetime.datetime) -> Desk:
    """Give what the counter of an officer shows; raises `NotYourQueue`."""
    must_call(actor, agency_id)
    rows = Ticket.objects.filter(queue_id=queue_at(agency_id, at))
    called = rows.filter(state=State.CALLED, officer__isnull=False).order_by("number")
    mine = called.filter(officer_id=actor.officer_id or 0).first()
    waiting = rows.filter(state=State.WAITING)
    first = waiting.order_by("number").first()
    missed = rows.filter(state=State.MISSED).order_by("-ended_at").values_list("number", flat=True)
    return Desk(
        serving=mine.number if mine else None,
        calls=mine.calls if mine else 0,
        waiting=waiting.count(),
        longest_minutes=_minutes(at - first.taken_at) if first else None,
        missed=tuple(missed[:_MISSED]),
    )


def watched(actor: Actor, on: datetime.date) -> list[Node]:
    """Give the agencies whose waits an officer sees: where they sit, and those they head."""
    own = counters_of(actor)
    headed = [one for one in tree().living(on) if heads(actor, one.id)]
    return list(dict.fromkeys([*own, *sorted(headed, key=lambda one: one.code)]))


def days(actor: Actor, agency_id: int, *, since: datetime.date, until: datetime.date) -> list[Day]:
    """Give the days of a counter, the latest first, those without a ticket left out.

    Raises `NotYourQueue` for everybody but its officers and those who head it.
    """
    if not heads(actor, agency_id) and all(one.id != agency_id for one in counters_of(actor)):
        raise NotYourQueue
    first, last = days_between(agency_id, since, until)
    found: dict[int, list[Ticket]] = {}
    for one in Ticket.objects.filter(queue_id__gte=first, queue_id__lte=last).order_by("-queue_id"):
        found.setdefault(one.queue_id, []).append(one)
    return [_day(queue, tickets) for queue, tickets in found.items()]


def today(agency: Node, at: datetime.datetime) -> datetime.date:
    """Give the day at an agency."""
    return calendars[agency.calendar].local(at).date()


def _day(queue: int, tickets: list[Ticket]) -> Day:
    waits = _waits(tickets)
    ended = [(one.called_at, one.ended_at) for one in tickets if one.state == State.SERVED]
    served = [_minutes(end - begin) for begin, end in ended if begin and end]
    return Day(
        on=datetime.date.fromordinal(queue & LAST),
        taken=len(tickets),
        served=sum(one.state == State.SERVED for one in tickets),
        missed=sum(one.state == State.MISSED for one in tickets),
        median_minutes=_middle(waits),
        longest_minutes=max(waits, default=None),
        service_minutes=_middle(served),
    )


def _waits(tickets: Iterable[Ticket]) -> list[int]:
    return [_minutes(one.called_at - one.taken_at) for one in tickets if one.called_at]


def _middle(minutes: list[int]) -> int | None:
    return round(median(minutes)) if minutes else None


def _minutes(stretch: datetime.timedelta) -> int:
    return max(0, round(stretch.total_seconds() / 60))
