"""One officer as a head sees them: posts, who stands in, what they must keep out of, open work."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.agencies.models import Absence, Appointment, Delegation
from motcua.core.agencies.queries import in_force
from motcua.core.dossiers.models import WorkItem
from motcua.core.people.models import Interest, Officer
from motcua.core.staff.heads import UnknownOfficer, manages, posts_then
from motcua.core.staff.leaving import left_behind
from motcua.kernel.vietnamese import name_key

WORK = 100
"""So many pieces of work are given on at once; the page then shows the next."""


@dataclass(frozen=True, slots=True)
class Person:
    """What the page of an officer shows; `work` is empty where the reader is no head of theirs."""

    officer: Officer
    posts: list[Appointment]
    is_head: bool
    absences: list[Absence]
    lent: list[Delegation]
    taken: list[Delegation]
    interests: list[Interest]
    work: list[WorkItem]
    colleagues: list[tuple[int, str]]


def person(actor: Actor, number: int, on: datetime.date) -> Person:
    """Give an officer to themself or a head; to everybody else there is no such officer."""
    posts = posts_then(number, on)
    if not manages(actor, number, posts):
        raise UnknownOfficer
    is_head = actor.officer_id != number and any(heads(actor, one.agency_id) for one in posts)
    lasting = Q(valid_to__gt=on)
    lendings = Delegation.objects.filter(lasting).select_related("giver", "taker", "agency")
    lendings = lendings.order_by("valid_from", "pk")
    away = Absence.objects.filter(lasting, officer=number).select_related("stand_in")
    return Person(
        officer=Officer.objects.get(pk=number),
        posts=posts,
        is_head=is_head,
        absences=list(away.order_by("valid_from", "pk")),
        lent=list(lendings.filter(giver=number, absence=None)),
        taken=list(lendings.filter(taker=number)),
        interests=list(Interest.objects.filter(officer=number, ended=False).order_by("pk")),
        work=list(left_behind(actor, number)[:WORK]) if is_head else [],
        colleagues=_colleagues(number, posts, on),
    )


def _colleagues(number: int, posts: list[Appointment], on: datetime.date) -> list[tuple[int, str]]:
    rows = in_force(on).filter(agency__in={one.agency_id for one in posts})
    people = dict(rows.exclude(officer=number).values_list("officer", "officer__name"))
    return sorted(people.items(), key=lambda one: name_key(one[1]))
