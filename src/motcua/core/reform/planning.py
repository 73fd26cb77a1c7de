"""Drawing up a plan of a reform, and undoing it before its day: two acts of the house."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.agencies.queries import forget_tree, tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.house import digest_of
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.reform.checking import above_all, faults_of
from motcua.core.reform.faults import InForce, NoReform, NotYours, TooLate
from motcua.core.reform.ground import Ground
from motcua.core.reform.models import Reform
from motcua.core.reform.reading import read_plan, written
from motcua.core.reform.rules import Order
from motcua.core.sql import act
from motcua.kernel.errors import Invalid, Refused

JOB = "reform.run"
PLAN, UNDO = "plan_reform", "undo_reform"


def plan(*, actor: Actor, at: datetime.datetime, order: Order) -> Reform:
    """Keep a plan that nothing forbids; a job carries it out on its day.

    The same plan again gives the one that is kept. Raises `Invalid` with every fault at once,
    `TooLate` and `NotYours`.
    """
    text = written(order)
    with act() as tx:
        take_house(tx)
        forget_tree()
        ground = Ground(order)
        may(actor, ground)
        known = Reform.objects.filter(text=text).exclude(state=Reform.State.UNDONE).first()
        if known is not None:
            return known
        dawn = dawn_of(order)
        if order.on < at.astimezone(dawn.tzinfo).date():
            raise TooLate(on=f"{order.on:%d/%m/%Y}")
        refuse(faults_of(ground))
        row = Reform.objects.create(on=order.on, document=order.document, text=text, planned_at=at)
        data: dict[str, object] = {
            "reform": row.pk,
            "on": order.on.isoformat(),
            "digest": digest_of(text),
            "document": order.document,
        }
        append_to_house(tx, act=PLAN, at=at, actor=actor.key, data=data)
        enqueue(tx, JOB, {"reform": row.pk}, at=at, run_at=max(at, dawn))
    return row


def undo(*, actor: Actor, at: datetime.datetime, reform_id: int) -> Reform:
    """Take a plan back before it comes into force; nothing of it was in force, so nothing stays.

    Raises `NoReform`, `NotYours` and `InForce`.
    """
    with act() as tx:
        take_house(tx)
        row = reform(reform_id)
        may(actor, Ground(read_plan(row.text)))
        if row.state != Reform.State.PLANNED:
            raise InForce
        row.state, row.ended_at = Reform.State.UNDONE, at
        row.save(update_fields=["state", "ended_at"])
        append_to_house(tx, act=UNDO, at=at, actor=actor.key, data={"reform": row.pk})
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


def readable(actor: Actor) -> list[Reform]:
    """Give the plans that an actor may look at, the latest first."""
    rows = Reform.objects.order_by("-on", "-pk")
    return [row for row in rows if _is_readable(actor, row)]


def _is_readable(actor: Actor, row: Reform) -> bool:
    try:
        may(actor, Ground(read_plan(row.text)))
    except NotYours:
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
