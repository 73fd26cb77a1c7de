"""Giao lại việc: a head gives open work of any step to another officer, or to the post."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from motcua.core.access.actors import Actor
from motcua.core.access.rows import reads, sees
from motcua.core.dossiers import carrying
from motcua.core.dossiers.moving import last_act, not_before, unfit
from motcua.core.dossiers.orders import MAX_TEXT, Done
from motcua.core.dossiers.plan import REASSIGNED, Plan, Wish
from motcua.core.dossiers.rules import OwnDossier, Stale, concerns
from motcua.core.dossiers.situation import Item, NotFound, Snapshot, read
from motcua.core.idempotency import keys
from motcua.core.procedures.queries import declared
from motcua.core.sql import reading
from motcua.core.staff.heads import check_head, today
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

GIVEN = "work_given"


class NothingOpen(Refused):
    """The dossier has no such open work."""

    code = "staff.nothing_open"
    vi = "Hồ sơ không còn việc này đang mở: đã có người xử lý xong."
    en = "The dossier has no such open work: somebody has done it."
    status = 409


class AlreadyTheirs(Refused):
    """The work names that officer already."""

    code = "staff.already_theirs"
    vi = "Việc này đang do chính cán bộ đó giữ."
    en = "The work is that officer's already."
    status = 409


class ReassignmentUnexplained(Refused):
    """A head moves work without a word."""

    code = "staff.reassignment_unexplained"
    vi = "Ghi lý do giao lại việc."
    en = "Say why the work is given to somebody else."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassignment:
    """Open work of a dossier (a leg, or the main step) and its new officer; None: to the post."""

    dossier_id: int
    leg: int | None = None
    officer_id: int | None = None
    reason: str = ""

    def told(self) -> list[object]:
        """Give what a request key hashes."""
        return [self.dossier_id, self.leg, self.officer_id, self.reason]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many: `refusal` is None where the work was given on."""

    dossier_id: int
    refusal: Refused | None


def reassign(
    *,
    actor: Actor,
    at: datetime.datetime,
    order: Reassignment,
    key: str | None,
    revision: int | None = None,
) -> Done:
    """Give open work to another officer who holds its post; its deadline stays.

    By a head of the agency that has the work or of one above it, or by the house where its holder
    left. The new officer is told. A repeat under the same key gives the first answer to who may
    still see the dossier.
    """
    asked = None
    if key is not None:
        asked = keys.request(actor=actor.key, operation=REASSIGNED, key=key, body=order.told())
        first = carrying.answered(actor, asked, order.dossier_id)
        if first is not None:
            return first
    return carrying.attempts_beside_twins(
        lambda: _once(actor, at, order, asked, revision), actor, asked, order.dossier_id
    )


def reassign_all(
    *,
    actor: Actor,
    at: datetime.datetime,
    orders: Sequence[Reassignment],
    key: str | None,
) -> list[Outcome]:
    """Give on much work, each piece an act of its own; what one refuses holds up no other."""
    outcomes = []
    for order in orders:
        own = f"{key}:{order.dossier_id}:{order.leg or 0}" if key else None
        try:
            reassign(actor=actor, at=at, order=order, key=own)
        except Refused as refusal:
            outcomes.append(Outcome(order.dossier_id, refusal))
        else:
            outcomes.append(Outcome(order.dossier_id, None))
    return outcomes


def _once(
    actor: Actor,
    at: datetime.datetime,
    order: Reassignment,
    asked: keys.Request | None,
    revision: int | None,
) -> Done:
    tx = reading()
    snapshot = read(tx, order.dossier_id)
    item = snapshot.main if order.leg is None else snapshot.leg(order.leg)
    remark = clean(order.reason, multiline=True, limit=MAX_TEXT) if order.reason else ""
    post = _may(actor, snapshot, item, remark)
    if revision is not None and revision != snapshot.revision:
        raise Stale
    if item is None:
        raise NothingOpen
    if item.officer_id == order.officer_id:
        raise AlreadyTheirs
    at = not_before(last_act(tx, snapshot), at)
    what = carrying.Act(
        name=REASSIGNED,
        actor=actor,
        recorded=at,
        post=post,
        remark=remark,
        data=(("leg", order.leg), ("officer", order.officer_id)),
    )
    return carrying.carry_out(_plan(snapshot, item, order, at), what, asked)


def _may(actor: Actor, snapshot: Snapshot, item: Item | None, remark: str) -> str | None:
    """Give the post of a head who may, None of the house; or refuse."""
    if actor.is_house:
        return None
    tx = reading()
    if not sees(tx, actor, snapshot.id):
        own = concerns(actor, snapshot) and reads(tx, actor, snapshot.id)
        raise OwnDossier if own else NotFound
    check_head(actor, item.agency_id if item else snapshot.now.holding_agency_id)
    if not remark:
        raise ReassignmentUnexplained
    return actor.posts[0].post


def _plan(snapshot: Snapshot, item: Item, order: Reassignment, at: datetime.datetime) -> Plan:
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
        wish=Wish(order.officer_id),
    )
    if order.officer_id is not None:
        wrong = unfit(plan, item, order.officer_id, today(item.agency_id, at))
        if wrong is not None:
            raise wrong
        plan.messages.append((f"officer:{order.officer_id}", GIVEN))
    plan.closes.append((item, "reassigned"))
    plan.opens.append(replace(item, id=0, began_at=at, officer_id=order.officer_id))
    return plan
