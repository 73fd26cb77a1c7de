"""Old work under the names of today: what steps and opinions are called since a dossier migrated.

Rows and entries keep the keys of the version they were written under; pages and papers name them
by the version that the dossier has now.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from motcua.core.dossiers.history import opened_by
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.plan import MIGRATED
from motcua.core.ledger.models import Entry
from motcua.core.procedures.mapping import read_map
from motcua.core.procedures.models import PublishedMap
from motcua.kernel.flow.mapping import MIGRATE


def renamed(dossier_id: int, work: Iterable[WorkItem]) -> list[WorkItem]:
    """Give the work with the step keys of today; reads nothing more where none ever migrated."""
    rows = list(work)
    if any(item.result == MIGRATED for item in rows):
        for seq, map_id in _migrations(dossier_id):
            flow = read_map(PublishedMap.objects.get(pk=map_id).text).flow
            for item in rows:
                if opened_by(item.pk) < seq:
                    names = flow.steps if item.leg is None else flow.legs
                    item.step = names.get(item.step) or item.step
    return rows


def _migrations(dossier_id: int) -> list[tuple[int, int]]:
    rows = Entry.objects.of(dossier_id).filter(act=MIGRATE).values_list("seq", "body")
    return sorted((seq, json.loads(body)["data"]["map"]) for seq, body in rows)
