"""Who else has a dossier open: told by the access log, to officers who may read it."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.access.looks import present
from motcua.core.dossiers.situation import Snapshot
from motcua.faces.desk.reading.history import officer_names


def present_names(actor: Actor, snapshot: Snapshot, at: datetime.datetime) -> str:
    """Give the names of other officers who opened a dossier in the last minutes."""
    keys = present(snapshot.id, besides=actor.key, at=at)
    names = officer_names(set(keys))
    return ", ".join(names[key] for key in keys if key in names)
