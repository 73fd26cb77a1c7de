"""Hoàn tác giao việc: who has just given work to somebody takes that back, by an act of its own."""

from __future__ import annotations

import datetime
from dataclasses import replace

from motcua.core.access.actors import Actor
from motcua.core.access.rows import reads, sees
from motcua.core.dossiers import carrying
from motcua.core.dossiers.assigning import assigning_move
from motcua.core.dossiers.models import WorkItem
from motcua.core.dossiers.moving import last_act, not_before, unfit
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.plan import RESULTS, UNDONE, Plan, Wish, settle
from motcua.core.dossiers.rules import OwnDossier, Stale, concerns
from motcua.core.dossiers.situation import Item, NotFound, Snapshot, read
from motcua.core.idempotency import keys
from motcua.core.procedures.queries import declared
from motcua.core.sql import reading
from motcua.core.staff.heads import today
from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Kind

UNTIL = datetime.timedelta(minutes=10)
"""How long after giving work one may take that back; a toast shows the button for less."""

TAKEN_BACK = "work_taken_back"
_GIVING = ("assigned", "reassigned")
_PASSED_ON = RESULTS[Kind.FORWARD]


class NothingToUndo(Refused):
    """The last act on the work is no assignment of this actor."""

    code = "staff.nothing_to_undo"
    vi = "Không có lần giao việc nào của bạn để hoàn tác ở hồ sơ này."
    en = "There is no assignment of yours to take back on this dossier."
    status = 409


class TooLateToUndo(Refused):
    """The assignment was too long ago: the officer may have begun."""

    code = "staff.too_late_to_undo"
    vi = "Đã quá {minutes} phút từ khi giao việc: không hoàn tác được nữa, hãy giao lại việc."
    en = "{minutes} minutes have passed since the work was given: give it to somebody else instead."
    status = 409


def undo_assignment(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    leg: int | None,
    revision: int,
    key: str,
) -> Done:
    """Give work back to who held it before the actor's own assignment.

    `revision` is the dossier's after that assignment: where anybody acted since it is refused as
    `Stale`. Both acts stay in the ledger. Raises `NothingToUndo`, `TooLateToUndo`, `NotFound`.
    """
    body = [dossier_id, leg, revision]
    asked = keys.request(actor=actor.key, operation=UNDONE, key=key, body=body)
    first = carrying.answered(actor, asked, dossier_id)
    if first is not None:
        return first
    return carrying.attempts_beside_twins(
        lambda: _once(actor, at, dossier_id, leg, revision, asked), actor, asked, dossier_id
    )


def _once(
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    leg: int | None,
    revision: int,
    asked: keys.Request,
) -> Done:
    tx = reading()
    snapshot = read(tx, dossier_id)
    if not sees(tx, actor, dossier_id):
        own = concerns(actor, snapshot) and reads(tx, actor, dossier_id)
        raise OwnDossier if own else NotFound
    if revision != snapshot.revision:
        raise Stale
    item = snapshot.main if leg is None else snapshot.leg(leg)
    given = _given_by(actor, snapshot, item)
    if item is None or given is None:
        raise NothingToUndo
    at = not_before(last_act(tx, snapshot), at)
    if at - item.began_at > UNTIL:
        raise TooLateToUndo(minutes=int(UNTIL.total_seconds()) // 60)
    what = carrying.Act(
        name=UNDONE,
        actor=actor,
        recorded=at,
        post=actor.posts[0].post if actor.posts else None,
        data=(("leg", leg), ("officer", given.officer_id)),
    )
    return carrying.carry_out(_plan(snapshot, item, given, at), what, asked)


def _given_by(actor: Actor, snapshot: Snapshot, item: Item | None) -> WorkItem | None:
    """Find the work as it was before the actor gave it to who holds it now."""
    if item is None or actor.officer_id is None:
        return None
    rows = WorkItem.objects.of(snapshot.id).filter(leg=item.leg, agency_id=item.agency_id)
    before = rows.filter(ended_by_id=actor.officer_id).last()
    if before is None or before.ended_at != item.began_at:  # acts and the ORM spell instants apart
        return None
    return before if _was_only_given(snapshot, item, before) else None


def _was_only_given(snapshot: Snapshot, item: Item, before: WorkItem) -> bool:
    """Tell whether nothing was done with the work but to name somebody else."""
    if before.result in _GIVING:
        return before.step == item.step
    flow = declared(snapshot.version_id).flow
    by = assigning_move(flow, before.step) if before.result == _PASSED_ON else None
    return by is not None and by.target == item.step


def _plan(snapshot: Snapshot, item: Item, given: WorkItem, at: datetime.datetime) -> Plan:
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
        wish=Wish(given.officer_id),
    )
    back = replace(
        item,
        id=0,
        step=given.step,
        post=given.post,
        officer_id=given.officer_id,
        began_at=at,
        due_at=given.due_at,
        calendar_revision=given.calendar_revision,
    )
    if given.officer_id is not None:
        wrong = unfit(plan, back, given.officer_id, today(item.agency_id, at))
        if wrong is not None:
            raise wrong
    if item.officer_id is not None:
        plan.messages.append((f"officer:{item.officer_id}", TAKEN_BACK))
    plan.closes.append((item, "undone"))
    plan.opens.append(back)
    if back.step != item.step:
        settle(plan, replace(snapshot.now.marking, at=back.step))
    return plan
