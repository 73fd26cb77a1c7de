"""How urgent open work is: its own deadline, or its dossier's where that comes first.

Queues, boards and programs ask here, so that what one counts another lists.
"""

from __future__ import annotations

from django.db.models import Case, F, Q, QuerySet, When

from motcua.core.dossiers.models import WorkItem
from motcua.core.procedures.systems import signing_posts


def timed(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Add `due`: the deadline of the work, or the dossier's where that comes first.

    A main step that waits for the applicant has none; a finished dossier's own no longer counts.
    """
    return rows.annotate(
        due=Case(
            When(leg=None, dossier__paused_since__isnull=False, then=None),
            When(leg__isnull=False, then=F("due_at")),
            When(dossier__finished_at__isnull=False, then=F("due_at")),
            When(due_at=None, then=F("dossier__due_at")),
            When(dossier__due_at__lt=F("due_at"), then=F("dossier__due_at")),
            default=F("due_at"),
        )
    )


BY_TIME_LEFT = (
    F("due").asc(nulls_last=True),
    F("dossier__paused_since").asc(nulls_last=True),
    F("pk").asc(),
)
"""The order of timed work; what waits or has no deadline comes last."""


def urgent_first(rows: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Sort timed work by the time that is left."""
    return rows.order_by(*BY_TIME_LEFT)


def to_sign() -> Q:
    """Give what work has in common that waits for a signature: not while the applicant is asked."""
    return Q(leg=None, post__in=signing_posts(), dossier__paused_since=None)
