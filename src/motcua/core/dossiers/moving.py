"""Moving: an officer, a head or the applicant takes a dossier one move further."""

from __future__ import annotations

import datetime
from dataclasses import replace

from motcua.core.access.actors import Actor
from motcua.core.access.rows import reads, sees
from motcua.core.agencies.queries import agency, holds_post, staffed
from motcua.core.clock.calendars import calendars
from motcua.core.clock.segments import clock_of
from motcua.core.dossiers import carrying, evidence, store
from motcua.core.dossiers.elsewhere import MadeElsewhere, elsewhere
from motcua.core.dossiers.erased import refuse_erased
from motcua.core.dossiers.handing import RECEIPT, gives_result
from motcua.core.dossiers.orders import MAX_TEXT, NO_LIMIT, Done, MoveOrder
from motcua.core.dossiers.owing import owes
from motcua.core.dossiers.plan import Plan, Wish, work_in
from motcua.core.dossiers.rules import (
    APPLICANT,
    HOUSE,
    NotInTheirName,
    NotYours,
    OwnDossier,
    Role,
    Stale,
    TooEarly,
    WindowOpen,
    acting_as,
    concerns,
    unexplained,
    window_is_over,
)
from motcua.core.dossiers.signing import ProofNeeded, needs_proof
from motcua.core.dossiers.situation import NORMAL, Item, NotFound, Snapshot, late_legs, read
from motcua.core.dossiers.ties import awaited
from motcua.core.idempotency import keys
from motcua.core.people.interests import is_party
from motcua.core.places import LAST, place, places
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import declared
from motcua.core.sql import Sql, Tx, instant, reading
from motcua.kernel.calendar import Clock
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.definition import ClockOp, Kind, Move
from motcua.kernel.flow.engine import Order, UnknownMove, apply
from motcua.kernel.vietnamese import clean

_LAST_OFFICER = Sql(
    "SELECT officer_id FROM dossiers_workitem WHERE id BETWEEN %s AND %s AND step = %s"
    " AND officer_id IS NOT NULL ORDER BY id DESC LIMIT 1"
)


_BEGAN = Sql("SELECT began_at FROM facts_fact WHERE id = %s")

# An act that waited for another's was asked before it, by no more than a request may last.
_AT_ONCE = datetime.timedelta(minutes=1)


class NotInThatPost(Refused):
    """The chosen officer does not hold the post that does this step."""

    code = "dossiers.officer_not_in_post"
    vi = "Cán bộ được chọn không giữ vị trí thực hiện bước này tại {agency}."
    en = "The chosen officer does not hold the post for this step at {agency}."


class OfficerIsParty(Refused):
    """The chosen officer is a party to the dossier, or close to one."""

    code = "dossiers.officer_is_party"
    vi = "Cán bộ được chọn là người nộp hồ sơ này hoặc có quyền lợi liên quan. Hãy chọn người khác."
    en = "The chosen officer applied here or has an interest in it. Choose another officer."


class NobodyThere(Refused):
    """Nobody in the agency holds the post that would have to do the work."""

    code = "dossiers.nobody_there"
    vi = "{agency} chưa có cán bộ giữ vị trí thực hiện bước này nên chưa chuyển hồ sơ đến được."
    en = "Nobody at {agency} holds the post for this step, so it cannot be sent there."


class AgencyGone(Refused):
    """The chosen agency no longer exists."""

    code = "dossiers.agency_gone"
    vi = "{agency} đã chấm dứt hoạt động, không nhận bàn giao được."
    en = "{agency} has ended and cannot take over."


def move(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    order: MoveOrder,
    key: str | None,
    revision: int | None = None,
    together: bool = False,
) -> Done:
    """Make a move of a dossier.

    One that a system makes with something of its own is refused (`elsewhere`), unless its caller
    says that it is made `together` with that, or that nothing else is to come of it.
    `revision` is what the actor's page showed: if somebody acted since, the move is refused as
    stale; without it the move is tried on the dossier as it stands. A repeat under the same key
    gives the first answer, even where the move could not be made again, to who may still see it.
    """
    asked = None
    if key is not None:
        body = {**order.told(), "dossier": dossier_id}
        asked = keys.request(actor=actor.key, operation="move", key=key, body=body, trusted=True)
    try:
        return carrying.attempts(
            lambda: _once(actor, at, dossier_id, order, asked, revision, together=together)
        )
    except NotFound:  # before its key is looked at: a key told of another body tells it is there
        raise
    except Refused:
        first = carrying.repeated(asked)
        if first is None or not sees(reading(), actor, dossier_id):
            raise
        return first


def _once(
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    order: MoveOrder,
    asked: keys.Request | None,
    revision: int | None,
    *,
    together: bool,
) -> Done:
    tx = reading()
    snapshot = read(tx, dossier_id)
    declaration = declared(snapshot.version_id)
    chosen = declaration.flow.move.get(order.move)
    role = _may(tx, actor, snapshot, order, chosen)
    refuse_erased(snapshot)
    if not together and (there := elsewhere(declaration.code, order.move)) is not None:
        raise MadeElsewhere(operation=there.operation)
    if revision is not None and revision != snapshot.revision:
        raise Stale
    assert chosen is not None
    if HOUSE in chosen.by and not window_is_over(snapshot, at):
        raise WindowOpen
    if needs_proof(actor, chosen, snapshot, declaration, order.leg):
        raise ProofNeeded
    pending = awaited(tx, dossier_id, declaration, order.move)
    if pending is not None:
        raise pending
    remark = _words(declaration, order, chosen)
    if unexplained(chosen, actor, snapshot, remark):
        raise NotInTheirName
    at = not_before(last_act(tx, snapshot), at)
    plan = _plan(tx, at, snapshot, declaration, chosen, order)
    owing = chosen.paid and owes(tx, snapshot, declaration)
    told = _order(order, remark, snapshot, at, owing=owing)
    marking, effects = apply(declaration.flow, snapshot.now.marking, told)
    work_in(plan, marking, effects)
    _check_choices(plan, at)
    what = carrying.Act(
        name=order.move,
        actor=actor,
        recorded=at,
        post=role.post,
        remark=remark,
        evidence=order.evidence,
        data=(*_chosen(order), *plan.data, *role.told),
    )
    return carrying.carry_out(plan, what, asked)


def _may(tx: Tx, actor: Actor, snapshot: Snapshot, order: MoveOrder, chosen: Move | None) -> Role:
    """Give in what they act, or refuse who may not.

    One who may not even see it is told there is no such dossier. A post alone opens no restricted
    one: its right to read is asked for too.
    """
    role = acting_as(chosen, actor, snapshot, order.leg) if chosen is not None else None
    closed = snapshot.grade != NORMAL and not actor.is_house and not sees(tx, actor, snapshot.id)
    if role is not None and not closed:
        return role
    if concerns(actor, snapshot) and reads(tx, actor, snapshot.id):
        raise OwnDossier
    if not sees(tx, actor, snapshot.id):
        raise NotFound
    if chosen is None:
        raise UnknownMove(move=order.move)
    if snapshot.now.step in chosen.sources:
        item = snapshot.leg(order.leg) or snapshot.main
        post = item.post if item else ", ".join(chosen.by)
        where = item.agency_id if item else snapshot.now.holding_agency_id
        raise NotYours(holder=f"{post}, {agency(where).name_vi}")
    # Not from here, or ended: the engine says so more helpfully than "not yours".
    return Role(APPLICANT)


def _words(declaration: Declaration, order: MoveOrder, chosen: Move) -> str:
    if order.evidence:
        also = RECEIPT if gives_result(chosen, declaration) else ""
        problems = evidence.faults(declaration, order.evidence, complete=False, also=also)
        if problems:
            raise Invalid(problems)
    return order.reason and clean(order.reason, multiline=True, limit=MAX_TEXT)


def last_act(tx: Tx, snapshot: Snapshot) -> datetime.datetime:
    """Give when people last acted: read only where that act opened no work."""
    newest = snapshot.items[-1] if snapshot.items else None
    if newest is not None and (newest.id & LAST) // store.ITEMS_AN_ACT == snapshot.seq:
        return newest.began_at
    row = tx.one(_BEGAN, place(snapshot.id, snapshot.revision + snapshot.redated))
    began_at = instant(row[0]) if row else None
    return began_at or (newest.began_at if newest else snapshot.filed_at)


def not_before(last: datetime.datetime, at: datetime.datetime) -> datetime.datetime:
    """Of two who act at once the second was asked first: its act happened when it could."""
    if last - at > _AT_ONCE:
        raise TooEarly
    return max(last, at)


def _plan(
    tx: Tx,
    at: datetime.datetime,
    snapshot: Snapshot,
    declaration: Declaration,
    chosen: Move,
    order: MoveOrder,
) -> Plan:
    return Plan(
        at=at,
        snapshot=snapshot,
        declaration=declaration,
        move=chosen,
        wish=Wish(order.officer_id, order.agency_id, order.promised),
        clock=_clock(tx, snapshot, declaration, chosen),
        read_clock=lambda: clock_of(tx, snapshot.id, declaration.limit or NO_LIMIT),
        previous_officers=_previous(tx, snapshot, chosen),
    )


def _clock(tx: Tx, snapshot: Snapshot, declaration: Declaration, chosen: Move) -> Clock:
    """Read the segments only where the move touches the clock."""
    limit = declaration.limit or NO_LIMIT
    touched = chosen.clock is not None or chosen.target in declaration.flow.end
    waits = chosen.kind in {Kind.SUPPLEMENT, Kind.ANSWER}
    if chosen.clock is ClockOp.START or not (touched or waits):
        return Clock(limit)
    return clock_of(tx, snapshot.id, limit)


def _previous(tx: Tx, snapshot: Snapshot, chosen: Move) -> dict[str, int]:
    if chosen.kind is not Kind.BACK or chosen.target is None:
        return {}
    row = tx.one(_LAST_OFFICER, *places(snapshot.id), chosen.target)
    return {chosen.target: int(row[0])} if row else {}


def _order(
    order: MoveOrder, reason: str, snapshot: Snapshot, at: datetime.datetime, *, owing: bool
) -> Order:
    return Order(
        order.move,
        leg=order.leg,
        legs=order.legs,
        reason=reason,
        late_legs=late_legs(snapshot, at),
        owing=owing,
    )


def _check_choices(plan: Plan, at: datetime.datetime) -> None:
    """The officer and agency that were chosen must be able to do what they are given.

    Work sent back to an officer who has left is offered to the post.
    """
    for number, item in enumerate(plan.opens):
        away = item.leg is not None or item.agency_id != plan.snapshot.now.holding_agency_id
        if item.officer_id is None and not away:
            continue  # as before: the post of the agency that has it already
        holder = agency(item.agency_id)
        on = calendars[holder.calendar].local(at).date()
        if holder.valid_to is not None and holder.valid_to <= on:
            raise AgencyGone(agency=holder.name_vi)
        officer = item.officer_id
        if officer is None and away and item.agency_id not in staffed(item.post, on):
            raise NobodyThere(agency=holder.name_vi)
        if officer is None or (wrong := unfit(plan, item, officer, on)) is None:
            continue
        if officer == plan.wish.officer_id:
            raise wrong
        plan.opens[number] = replace(item, officer_id=None)


def unfit(plan: Plan, item: Item, officer: int, on: datetime.date) -> Refused | None:
    """Give why an officer cannot be given a piece of work, if so."""
    if not holds_post(officer, item.agency_id, item.post, on):
        return NotInThatPost(agency=agency(item.agency_id).name_vi)
    applicant = plan.snapshot.applicant_id
    return OfficerIsParty() if applicant and is_party(officer, applicant) else None


def _chosen(order: MoveOrder) -> tuple[tuple[str, object], ...]:
    said = ("officer", order.officer_id), ("agency", order.agency_id), ("leg", order.leg)
    chosen: list[tuple[str, object]] = [pair for pair in said if pair[1] is not None]
    if order.legs:
        chosen.append(("legs", list(order.legs)))
    return tuple(chosen)
