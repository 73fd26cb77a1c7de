"""Who looked at a dossier, for whom it belongs to; and the log for those who watch it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.access.models import Appearance, Read


@dataclass(frozen=True, slots=True)
class Look:
    """One line of "who saw this dossier": a read of its own, or its appearances of a day."""

    at: datetime.datetime
    kind: str
    actor: str
    agency_id: int | None
    post: str
    what: str
    times: int


def looks_at(dossier_id: int, *, limit: int) -> list[Look]:
    """Give the latest reads of a dossier, newest first; lists count once a reader and day."""
    own = Read.objects.filter(dossier_id=dossier_id).order_by("-id")[:limit]
    lists = Appearance.objects.filter(dossier_id=dossier_id).order_by("-last_at")[:limit]
    found = [
        *(Look(r.at, r.kind, r.actor, r.agency_id, r.post, r.what, 1) for r in own),
        *(Look(a.last_at, a.kind, a.actor, a.agency_id, a.post, "", a.times) for a in lists),
    ]
    return sorted(found, key=lambda look: look.at, reverse=True)[:limit]
