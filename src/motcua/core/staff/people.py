"""Officers who may take a piece of work, with what they hold now."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.queries import officers_of, tree
from motcua.core.dossiers.models import WorkItem


@dataclass(frozen=True, slots=True)
class Load:
    """Open work and how much of it is late."""

    open: int = 0
    late: int = 0


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

    A step that waits for the applicant is open and not late.
    """
    late = Q(due_at__lt=at) & (Q(leg__isnull=False) | Q(dossier__paused_since=None))
    rows = visible(WorkItem.objects.filter(agency_id=agency_id, ended_at=None), actor, by="dossier")
    counted = rows.values("officer_id").annotate(work=Count("pk"), behind=Count("pk", filter=late))
    return {
        row["officer_id"]: Load(row["work"], row["behind"])
        for row in counted.order_by("officer_id")
    }
