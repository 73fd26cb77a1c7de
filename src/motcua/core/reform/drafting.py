"""Drafts of plans: drawn up and changed part by part by who organises, decided by a head.

Every change says what is to be there or gone, not where in the list, so that a request sent twice
changes nothing the second time and two officers who draw at once lose nothing of each other's.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import forget_tree
from motcua.core.dossiers.house import digest_of
from motcua.core.idempotency.asked import Asked
from motcua.core.ledger.append import take_house
from motcua.core.reform.faults import NotADraft, Redrawn
from motcua.core.reform.ground import Ground
from motcua.core.reform.models import Reform
from motcua.core.reform.planning import DRAW, PLAN, keep, may, may_draw, reform, tell
from motcua.core.reform.reading import read_plan, written
from motcua.core.reform.rules import Founding, Order, Seat, Succession
from motcua.core.sql import Tx, act

Change = Callable[[Order], Order]


def draw(*, actor: Actor, at: datetime.datetime, order: Order, key: str | None = None) -> Reform:
    """Keep a draft, whatever its faults; the same one again gives the one that is kept.

    Raises `NotADrawer`, `PlanUnreadable`, `DocumentMissing`, `NothingEnds` and `KeyReused`.
    """
    text = _text(order)
    with act() as tx:
        take_house(tx)
        forget_tree()
        may_draw(actor, Ground(order))
        asked = Asked(tx, actor.key, DRAW, key, text, of="reform")
        first = asked.before()
        if first is not None:
            return reform(first)
        known = Reform.objects.filter(text=text, state=Reform.State.DRAFT).first()
        if known is not None:
            return known
        row = Reform(text=text, state=Reform.State.DRAFT, drawn_at=at, drawn_by=actor.key)
        _write(tx, actor, at, row)
        asked.done(at)
        return row


def redraw(*, actor: Actor, at: datetime.datetime, reform_id: int, change: Change) -> Reform:
    """Change a draft; what is there, or gone, already changes nothing.

    Raises `NoReform`, `NotADrawer`, `NotADraft`, and what `draw` raises.
    """
    with act() as tx:
        take_house(tx)
        row = _draft(reform_id)
        before = read_plan(row.text)
        may_draw(actor, Ground(before))
        order = change(before)
        text = _text(order)
        if text == row.text:
            return row
        may_draw(actor, Ground(order))
        row.text = text
        return _write(tx, actor, at, row)


def decide(
    *, actor: Actor, at: datetime.datetime, reform_id: int, seen: str, key: str | None = None
) -> Reform:
    """Keep a draft as the plan it is; `seen` is the digest of what the head looked at.

    Once decided the same again gives the plan. Raises `NoReform`, `NotYours`, `Redrawn`,
    `NotADraft`, `KeyReused`, and what `plan` raises.
    """
    with act() as tx:
        take_house(tx)
        forget_tree()
        row = reform(reform_id)
        may(actor, Ground(read_plan(row.text)))
        asked = Asked(tx, actor.key, PLAN, key, [reform_id, seen], of="reform")
        if asked.before() is not None:
            return row
        if digest_of(row.text) != seen:
            raise Redrawn
        if row.state == Reform.State.PLANNED:
            return row
        if row.state != Reform.State.DRAFT:
            raise NotADraft
        keep(tx, actor, at, row)
        asked.done(at)
        return row


def with_heir(heir: Succession) -> Change:
    """Let somebody take over from an ending agency."""
    return lambda order: replace(order, successions=_with(order.successions, heir))


def without_heir(heir: Succession) -> Change:
    """Let somebody take nothing over; an agency without any heir does not end."""

    def change(order: Order) -> Order:
        left = tuple(one for one in order.successions if one != heir)
        ending = {one.ending for one in left}
        seats = tuple(one for one in order.seats if not one.ending or one.ending in ending)
        return replace(order, successions=left, seats=seats)

    return change


def with_founding(founding: Founding) -> Change:
    """Let an agency begin; the same code again is the same agency, told better."""

    def change(order: Order) -> Order:
        others = tuple(one for one in order.founds if one.code != founding.code)
        return order if founding in order.founds else replace(order, founds=(*others, founding))

    return change


def without_founding(code: str) -> Change:
    """Let no agency of this code begin."""
    return lambda order: replace(
        order, founds=tuple(one for one in order.founds if one.code != code)
    )


def with_seat(seat: Seat, *, follows: bool = False) -> Change:
    """Say where an officer goes from one post; who `follows` the agency needs no row."""

    def change(order: Order) -> Order:
        if seat in order.seats and not follows:
            return order
        post = (seat.number, seat.ending, seat.post)
        others = tuple(one for one in order.seats if (one.number, one.ending, one.post) != post)
        return replace(order, seats=others if follows else (*others, seat))

    return change


def _with(rows: tuple[Succession, ...], row: Succession) -> tuple[Succession, ...]:
    return rows if row in rows else (*rows, row)


def _text(order: Order) -> str:
    """Write a draft as it will be read: what no plan can say is refused at once."""
    text = written(order)
    read_plan(text)
    return text


def _draft(reform_id: int) -> Reform:
    row = reform(reform_id)
    if row.state != Reform.State.DRAFT:
        raise NotADraft
    return row


def _write(tx: Tx, actor: Actor, at: datetime.datetime, row: Reform) -> Reform:
    order = read_plan(row.text)
    row.on, row.document = order.on, order.document
    row.save()
    tell(tx, DRAW, actor, at, row)
    return row
