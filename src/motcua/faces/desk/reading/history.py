"""What happened in a dossier and what lies in it: each read passes the row filter by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.dossiers.models import Dossier, Remark, WorkItem
from motcua.core.dossiers.renamed import renamed
from motcua.core.dossiers.situation import NotFound, Snapshot
from motcua.core.files.models import Evidence
from motcua.core.ledger.models import Entry
from motcua.core.people.models import Officer
from motcua.core.places import place


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the ledger as a page tells it; `data` is what the act said of itself."""

    seq: int
    act: str
    actor: str
    version: int
    entry: Entry
    data: dict[str, Any]

    @property
    def short_hash(self) -> str:
        """The first twelve digits of the entry's hash: enough to compare by eye."""
        return bytes(self.entry.hash).hex()[:12]

    @property
    def is_sealed(self) -> bool:
        """Whether a seal stands over the entry."""
        return self.entry.seal_id is not None


def row_of(actor: Actor, snapshot: Snapshot) -> Dossier:
    """Give the dossier's row with its applicant, or refuse."""
    rows = visible(Dossier.objects.filter(pk=snapshot.id), actor)
    row = rows.select_related("applicant").first()
    if row is None:
        raise NotFound
    return row


def entries(actor: Actor, snapshot: Snapshot) -> list[Told]:
    """Give the ledger entries of a dossier, first one first."""
    rows = visible(Entry.objects.of(snapshot.id), actor, by="stream")
    return [_told(row) for row in rows]


def entry(actor: Actor, snapshot: Snapshot, seq: int) -> Entry:
    """Give one entry of a dossier with its seal, or refuse."""
    rows = visible(Entry.objects.filter(pk=place(snapshot.id, seq)), actor, by="stream")
    found = rows.select_related("seal").first()
    if found is None:
        raise NotFound
    return found


def remarks(actor: Actor, snapshot: Snapshot) -> dict[int, Remark]:
    """Give the words of the acts by the number of their entry."""
    rows = visible(Remark.objects.filter(dossier_id=snapshot.id), actor, by="dossier_id")
    return {row.seq: row for row in rows}


def work(actor: Actor, snapshot: Snapshot) -> list[WorkItem]:
    """Give every piece of work a dossier had, in the order in which it was opened."""
    rows = visible(WorkItem.objects.of(snapshot.id), actor, by="dossier_id")
    return renamed(snapshot.id, rows.select_related("agency", "officer", "ended_by"))


def evidence(actor: Actor, snapshot: Snapshot) -> list[Evidence]:
    """Give the papers that were handed in, as they came."""
    rows = visible(Evidence.objects.filter(dossier_id=snapshot.id), actor, by="dossier_id")
    return list(rows.select_related("file").order_by("seq", "id"))


def one_evidence(actor: Actor, snapshot: Snapshot, number: int) -> Evidence:
    """Give one paper that was handed in as a file, or refuse."""
    rows = visible(Evidence.objects.filter(dossier_id=snapshot.id), actor, by="dossier_id")
    found = rows.select_related("file").filter(pk=number, file__isnull=False).first()
    if found is None:
        raise NotFound
    return found


def officer_names(keys: set[str]) -> dict[str, str]:
    """Give the names behind the actor keys of officers, as in ``officer:12``."""
    numbers = {int(key.partition(":")[2]) for key in keys if key.startswith("officer:")}
    rows = Officer.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {f"officer:{number}": name for number, name in rows}


def _told(row: Entry) -> Told:
    body = json.loads(row.body)
    actor, data = str(body.get("actor") or ""), body.get("data") or {}
    return Told(row.seq, row.act, actor, body["version"], row, data)
