"""Why work is late: the step that went furthest over its own time, and who had it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from motcua.core.dossiers.models import WorkItem
from motcua.core.places import places


@dataclass(frozen=True, slots=True)
class Cause:
    """A step that ran over: `here` where it is the very work that is late."""

    version_id: int
    step: str
    agency_id: int
    officer: str
    over: datetime.timedelta
    here: bool


def causes(items: Iterable[WorkItem], at: datetime.datetime) -> dict[int, Cause]:
    """Give, by the id of each piece of late work, the step of its dossier that ran over most.

    The caller may read these items; nothing else of their dossiers is told. Where every step kept
    its time, the steps together had more of it than the limit: there is no cause to name.
    """
    asked = list(items)
    worst: dict[int, WorkItem] = {}
    for one in _over(asked, at):
        known = worst.get(one.dossier_id)
        if known is None or _late_by(one, at) > _late_by(known, at):
            worst[one.dossier_id] = one
    found = {}
    for item in asked:
        step = worst.get(item.dossier_id)
        if step is not None:
            who = step.officer.name if step.officer else ""
            version = item.dossier.version_id
            late, here = _late_by(step, at), step.pk == item.pk
            found[item.pk] = Cause(version, step.step, step.agency_id, who, late, here)
    return found


def _over(items: list[WorkItem], at: datetime.datetime) -> list[WorkItem]:
    of_these = Q(pk=None)
    for dossier_id in {item.dossier_id for item in items}:
        of_these |= Q(pk__range=places(dossier_id))
    rows = WorkItem.objects.filter(of_these, due_at__lt=at).select_related("officer")
    return [one for one in rows if _late_by(one, at) > datetime.timedelta()]


def _late_by(item: WorkItem, at: datetime.datetime) -> datetime.timedelta:
    assert item.due_at is not None
    return (item.ended_at or at) - item.due_at
