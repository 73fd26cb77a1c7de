"""Officers who may take a piece of work, with what they hold now."""

from __future__ import annotations

import datetime
from dataclasses import astuple, dataclass
from operator import add

from django.db.models import Count

from motcua.core.access.actors import Actor
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.queries import officers_of, tree
from motcua.core.staff.work import LATE, SIGNING, WEEK, narrowings, work_of


@dataclass(frozen=True, slots=True)
class Load:
    """Open work, how much of it is late, due by the end of the week, and waits to be signed."""

    open: int = 0
    late: int = 0
    week: int = 0
    signing: int = 0

    def __add__(self, other: Load) -> Load:
        """Give the load of both."""
        return Load(*map(add, astuple(self), astuple(other)))


@dataclass(frozen=True, slots=True)
class Person:
    """An officer who can be chosen; `load` is None where the reader may not count it."""

    id: int
    name: str
    load: Load | None


def people(
    actor: Actor, at: datetime.datetime, *, agency_id: int, post: str, on: datetime.date
) -> list[Person]:
    """Give the holders of a post by name, with their load where the actor reads the agency."""
    found = officers_of(agency_id, post, on)
    if not found or not reads(actor, agency_id):
        return [Person(number, name, None) for number, name in found]
    held = loads(actor, at, agency_id=agency_id)
    return [Person(number, name, held.get(number, Load())) for number, name in found]


def reads(actor: Actor, agency_id: int) -> bool:
    """Tell whether the actor reads all that an agency holds; else a count would be a part."""
    return any(agency_scope(one) in actor.scopes for one in tree().chain(agency_id))


def loads(actor: Actor, at: datetime.datetime, *, agency_id: int) -> dict[int | None, Load]:
    """Count the open work of an agency by officer (None: nobody is named), in one statement.

    It counts what `work_of` lists, by the same narrowings. A step that waits for the applicant is
    open and not late.
    """
    kept = narrowings(at)
    rows = work_of(actor, agency_id=agency_id).values("officer_id")
    counted = rows.annotate(
        work=Count("pk"),
        late=Count("pk", filter=kept[LATE]),
        week=Count("pk", filter=kept[WEEK]),
        signing=Count("pk", filter=kept[SIGNING]),
    )
    return {
        row["officer_id"]: Load(row["work"], row["late"], row["week"], row["signing"])
        for row in counted.order_by("officer_id")
    }
