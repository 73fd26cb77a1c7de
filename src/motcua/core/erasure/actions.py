"""The acts of the data keeper: erase, hold, release. Each is an entry in the dossier's chain."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.agencies.queries import tree
from motcua.core.dossiers import carrying
from motcua.core.dossiers.erased import ERASE, refuse_erased, skeleton
from motcua.core.dossiers.expected import IDENTITY_COLUMNS
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.situation import NotFound, Snapshot, read
from motcua.core.erasure import rules
from motcua.core.erasure.clearing import clear, overwriting
from motcua.core.idempotency import keys
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.models import Entry
from motcua.core.procedures.queries import declared
from motcua.core.sql import Sql, Tx, reading

_IDENTITY = Sql(f"SELECT {IDENTITY_COLUMNS} FROM dossiers_dossier WHERE id = %s")
_PENDING = Sql(
    "SELECT count(*) FROM dossiers_paper p WHERE p.dossier_id = %s AND p.file_id IS NULL"
    " AND EXISTS (SELECT 1 FROM jobs_job j WHERE j.kind = 'documents.make'"
    " AND j.state IN ('ready', 'running') AND j.payload LIKE %s)"
)
_HOUSE = "system:"

Data = tuple[tuple[str, object], ...]


def erase(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    document: str,
    key: str | None = None,
    again: bool = False,
) -> Done:
    """Erase what is personal of a finished dossier, by the number of a document.

    Salts, fields, words, search row, messages and request keys go in the act; files, and what the
    database still holds in free space, by a job right after it. Raises `NotTheKeeper`, `StillOpen`,
    `OnHold`, `PapersPending`, `DocumentWrong`, `DossierErased`.

    `again`: it was erased once and came back with a restore, perhaps from before it was finished;
    nothing then stands against it.
    """
    by = rules.document(document)
    overwriting(reading())

    def planned(tx: Tx, snapshot: Snapshot) -> Data:
        if not again:
            rules.may_erase(_standing(tx, snapshot))
        row = tx.one(_IDENTITY, snapshot.id)
        assert row is not None
        return (("document", by), ("skeleton", skeleton(row)))

    def clears(tx: Tx, plan: Plan) -> bool:
        gone = clear(tx, plan.snapshot.id)
        told = {"dossier": plan.snapshot.id, "files": gone}
        enqueue(tx, "erasure.finish", told, at=at)
        return True

    return _act(actor, at, dossier_id, ERASE, planned, key=key, also=clears)


def hold(*, actor: Actor, at: datetime.datetime, dossier_id: int, document: str) -> Done:
    """Keep a dossier from being erased, by the number of a document, until it is released."""
    by = rules.document(document)
    return _act(actor, at, dossier_id, "hold", lambda _tx, _snapshot: (("document", by),))


def release(*, actor: Actor, at: datetime.datetime, dossier_id: int, document: str) -> Done:
    """End the hold of a dossier; raises `NotOnHold`."""
    by = rules.document(document)

    def planned(_tx: Tx, snapshot: Snapshot) -> Data:
        if held_by(snapshot.id) is None:
            raise rules.NotOnHold
        return (("document", by),)

    return _act(actor, at, dossier_id, "release", planned)


def held_by(dossier_id: int) -> str | None:
    """Give the document that holds a dossier, from its own entries."""
    rows = Entry.objects.of(dossier_id).filter(act__in=("hold", "release"))
    told = rows.values_list("act", "body")
    return rules.hold_after((name, json.loads(body)["data"]["document"]) for name, body in told)


def _standing(tx: Tx, snapshot: Snapshot) -> rules.Standing:
    (pending,) = tx.one(_PENDING, snapshot.id, f'%"dossier": {snapshot.id},%') or (0,)
    return rules.Standing(snapshot.now.closed, bool(pending), held_by(snapshot.id))


def _act(
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    name: str,
    planned: Callable[[Tx, Snapshot], Data],
    *,
    key: str | None = None,
    also: Callable[[Tx, Plan], bool] | None = None,
) -> Done:
    asked = None
    if key is not None:
        body = {"dossier": dossier_id}
        asked = keys.request(actor=actor.key, operation=name, key=key, body=body)
        first = carrying.repeated(asked)
        if first is not None:
            return first

    def once() -> Done:
        tx = reading()
        snapshot = read(tx, dossier_id)
        _may(tx, actor, snapshot)
        refuse_erased(snapshot)
        plan = Plan(
            at=at,
            snapshot=snapshot,
            declaration=declared(snapshot.version_id),
        )
        what = carrying.Act(
            name=name,
            actor=actor,
            recorded=at,
            post=rules.KEEPER,
            data=planned(tx, snapshot),
            by_people=False,
            also=also,
        )
        return carrying.carry_out(plan, what, asked)

    return carrying.attempts(once)


def _may(tx: Tx, actor: Actor, snapshot: Snapshot) -> None:
    """Let the house and the data keeper of the receiving agency or one above act."""
    if actor.key.startswith(_HOUSE):
        return
    if any(actor.holds(one, rules.KEEPER) for one in tree().chain(snapshot.desk_agency_id)):
        return
    raise rules.NotTheKeeper if sees(tx, actor, snapshot.id) else NotFound
