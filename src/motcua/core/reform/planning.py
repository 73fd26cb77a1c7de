"""Keeping a plan of a reform, and undoing it before its day: two acts of the house."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.access.heads import draws, heads
from motcua.core.agencies.queries import Node, forget_tree, tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.house import digest_of
from motcua.core.idempotency.asked import Asked
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.reform.checking import above_all, faults_of
from motcua.core.reform.faults import InForce, NoReform, NotADrawer, NotYours, TooLate
from motcua.core.reform.ground import Ground
from motcua.core.reform.models import Reform
from motcua.core.reform.reading import read_plan, written
from motcua.core.reform.rules import Order
from motcua.core.sql import Tx, act
from motcua.kernel.errors import Invalid, Refused

JOB = "reform.run"
DRAW, PLAN, UNDO = "draw_reform", "plan_reform", "undo_reform"


def plan(*, actor: Actor, at: datetime.datetime, order: Order) -> Reform:
    """Keep a plan that nothing forbids; a job carries it out on its day.

    The same plan again gives the one that is kept. Raises `Invalid` with every fault at once,
    `TooLate` and `NotYours`.
    """
    text = written(order)
    with act() as tx:
        take_house(tx)
        forget_tree()
        may(actor, Ground(order))
        rows = Reform.objects.filter(text=text).exclude(state=Reform.State.UNDONE)
        known = rows.exclude(state=Reform.State.DRAFT).first()
        return known or keep(tx, actor, at, Reform(text=text))


def keep(tx: Tx, actor: Actor, at: datetime.datetime, row: Reform) -> Reform:
    """Keep the plan of a row, new or drawn before, by somebody who may, under the house's lock."""
    order = read_plan(row.text)
    dawn = dawn_of(order)
    if order.on < at.astimezone(dawn.tzinfo).date():
        raise TooLate(on=f"{order.on:%d/%m/%Y}")
    refuse(faults_of(Ground(order), but=row.pk))
    row.on, row.document = order.on, order.document
    row.state, row.planned_at = Reform.State.PLANNED, at
    row.save()
    tell(tx, PLAN, actor, at, row)
    enqueue(tx, JOB, {"reform": row.pk}, at=at, run_at=max(at, dawn))
    return row


def tell(tx: Tx, what: str, actor: Actor, at: datetime.datetime, row: Reform) -> None:
    """Append the entry of the house that tells what a plan says."""
    data: dict[str, object] = {
        "reform": row.pk,
        "on": row.on.isoformat(),
        "digest": digest_of(row.text),
        "document": row.document,
    }
    append_to_house(tx, act=what, at=at, actor=actor.key, data=data)


def undo(*, actor: Actor, at: datetime.datetime, reform_id: int, key: str | None = None) -> Reform:
    """Take a plan back before it comes into force; nothing of it was in force, so nothing stays.

    A draft is dropped by who may draw it. Raises `NoReform`, `NotYours`, `NotADrawer`, `InForce`
    and `KeyReused`.
    """
    with act() as tx:
        take_house(tx)
        row = reform(reform_id)
        is_draft = row.state == Reform.State.DRAFT
        (may_draw if is_draft else may)(actor, Ground(read_plan(row.text)))
        asked = Asked(tx, actor.key, UNDO, key, reform_id, of="reform")
        if asked.before() is not None:
            return row
        if not is_draft and row.state != Reform.State.PLANNED:
            raise InForce
        row.state, row.ended_at = Reform.State.UNDONE, at
        row.save(update_fields=["state", "ended_at"])
        append_to_house(tx, act=UNDO, at=at, actor=actor.key, data={"reform": row.pk})
        asked.done(at)
    return row


def reform(reform_id: int) -> Reform:
    """Give a plan by its number; raises `NoReform`."""
    row = Reform.objects.filter(pk=reform_id).first()
    if row is None:
        raise NoReform
    return row


def may(actor: Actor, ground: Ground) -> None:
    """Refuse who does not answer for every agency that ends; the house itself may."""
    if not actor.is_house and not any(heads(actor, one) for one in above_all(ground)):
        raise NotYours


def decides(actor: Actor, row: Reform) -> bool:
    """Tell whether an actor may decide a plan, and undo it."""
    try:
        may(actor, Ground(read_plan(row.text)))
    except NotYours:
        return False
    return True


def may_draw(actor: Actor, ground: Ground) -> None:
    """Refuse who neither organises nor heads an agency above every one that ends."""
    if not actor.is_house and not any(draws(actor, one) for one in above_all(ground)):
        raise NotADrawer


def drawable(actor: Actor, on: datetime.date) -> tuple[list[Node], list[Node]]:
    """Give the agencies of a day that an actor may let end, and those that may take over."""
    living, chain = tree().living(on), tree().chain
    mine = [node for node in living if draws(actor, node.id)]
    below = [node for node in mine if any(draws(actor, one) for one in chain(node.id)[1:])]
    return below, mine


def readable(actor: Actor) -> list[Reform]:
    """Give the plans that an actor may look at, the latest first."""
    rows = Reform.objects.order_by("-on", "-pk")
    return [row for row in rows if _is_readable(actor, row)]


def _is_readable(actor: Actor, row: Reform) -> bool:
    try:
        may_draw(actor, Ground(read_plan(row.text)))
    except NotADrawer:
        return False
    return True


def refuse(found: list[Refused]) -> None:
    """Refuse with every fault at once."""
    if found:
        raise Invalid({f"{number}": one for number, one in enumerate(found, start=1)})


def dawn_of(order: Order) -> datetime.datetime:
    """Give the first instant of the reform's day where its agencies are."""
    codes = {node.code: node.calendar for node in tree().nodes.values()}
    calendar = next((codes[code] for code in order.ending if code in codes), "national")
    zone = calendars[calendar].tzinfo
    return datetime.datetime.combine(order.on, datetime.time(), tzinfo=zone)
