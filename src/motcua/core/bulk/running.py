"""Carrying out an order row by row; killed in the middle, it goes on where it stood.

Each act has a request key of its own, made of the order and the number of the row: a row whose act
was written but not noted is answered as it was the first time.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

from motcua.core.access.actors import Actor, officer
from motcua.core.access.rows import sees
from motcua.core.accounts.sessions import sign_again_after
from motcua.core.bulk.models import Bulk, BulkRow
from motcua.core.documents.slip import ask_for_slip
from motcua.core.dossiers.assigning import assigns
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import MoveOrder
from motcua.core.dossiers.plan import REASSIGNED
from motcua.core.dossiers.queries import choices, declaration_of
from motcua.core.dossiers.situation import NotFound, read
from motcua.core.people.models import Officer
from motcua.core.sql import reading
from motcua.core.staff.reassigning import Reassignment, reassign
from motcua.core.staff.undoing import undo_assignment
from motcua.kernel.errors import Refused

_LONGEST = 500

Deed = Callable[[Actor, datetime.datetime, BulkRow, dict[str, Any], str], int | None]


def run_by_job(bulk_id: int, *, at: datetime.datetime, on: datetime.date) -> None:
    """Do what is still to be done of an order, in the name of who asked, as they are today."""
    bulk = Bulk.objects.filter(pk=bulk_id, ended_at=None).first()
    if bulk is None:
        return
    name = Officer.objects.values_list("name", flat=True).get(pk=bulk.officer_id)
    fresh = bulk.proven and at - bulk.asked_at < sign_again_after()
    run(bulk, officer(bulk.officer_id, name, on, proven=fresh), at)


def run(bulk: Bulk, actor: Actor, at: datetime.datetime) -> None:
    """Do every row that waits; what one refuses holds up no other."""
    order = json.loads(bulk.order)
    deed = _DEEDS[Bulk.What(bulk.what)]
    for row in bulk.rows.filter(state=BulkRow.State.WAITING).order_by("number"):
        _carry_out(deed, actor, at, row, order, f"bulk:{bulk.code}:{row.number}")
    Bulk.objects.filter(pk=bulk.pk, ended_at=None).update(ended_at=at)


def _carry_out(
    deed: Deed,
    actor: Actor,
    at: datetime.datetime,
    row: BulkRow,
    order: dict[str, Any],
    key: str,
) -> None:
    waiting = BulkRow.objects.filter(pk=row.pk, state=BulkRow.State.WAITING)
    try:
        revision = deed(actor, at, row, order, key)
    except Refused as refusal:
        if refusal.retry:  # nothing is wrong with the row: the job comes back to it
            raise
        waiting.update(
            state=BulkRow.State.REFUSED,
            why=refusal.code,
            said_vi=refusal.text("vi")[:_LONGEST],
            said_en=refusal.text("en")[:_LONGEST],
        )
    else:
        waiting.update(state=BulkRow.State.DONE, revision=revision)


def _assign(
    actor: Actor, at: datetime.datetime, row: BulkRow, order: dict[str, Any], key: str
) -> int:
    """Give work by the move that its procedure declares for that, else as its head."""
    by = row.by or _way(actor, at, row)
    BulkRow.objects.filter(pk=row.pk).update(by=by)  # killed after the act, it is no other act
    if by != REASSIGNED:
        told = MoveOrder(move=by, reason=order["reason"], officer_id=order["officer"])
        return move(actor=actor, at=at, dossier_id=row.dossier_id, order=told, key=key).revision
    given = Reassignment(
        dossier_id=row.dossier_id, leg=row.leg, officer_id=order["officer"], reason=order["reason"]
    )
    return reassign(actor=actor, at=at, order=given, key=key).revision


def _way(actor: Actor, at: datetime.datetime, row: BulkRow) -> str:
    tx = reading()
    if not sees(tx, actor, row.dossier_id):
        raise NotFound
    if row.leg is not None:
        return REASSIGNED
    snapshot = read(tx, row.dossier_id)
    flow = declaration_of(snapshot).flow
    mine = (one.move for one in choices(actor, snapshot, at) if one.why_not is None)
    return next((one.key for one in mine if assigns(flow, one)), REASSIGNED)


def _move(
    actor: Actor, at: datetime.datetime, row: BulkRow, order: dict[str, Any], key: str
) -> int:
    told = MoveOrder(move=order["move"], reason=order["reason"], leg=row.leg)
    return move(actor=actor, at=at, dossier_id=row.dossier_id, order=told, key=key).revision


def _slip(
    actor: Actor, at: datetime.datetime, row: BulkRow, _order: dict[str, Any], _key: str
) -> None:
    ask_for_slip(actor=actor, at=at, dossier_id=row.dossier_id)


def _undo(
    actor: Actor, at: datetime.datetime, row: BulkRow, _order: dict[str, Any], key: str
) -> int:
    return undo_assignment(
        actor=actor,
        at=at,
        dossier_id=row.dossier_id,
        leg=row.leg,
        revision=row.revision or 0,
        key=key,
    ).revision


_DEEDS: dict[Bulk.What, Deed] = {
    Bulk.What.ASSIGN: _assign,
    Bulk.What.MOVE: _move,
    Bulk.What.SLIP: _slip,
    Bulk.What.UNDO: _undo,
}
