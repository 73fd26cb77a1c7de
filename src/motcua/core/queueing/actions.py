"""The acts of a queue: take a number, call the next one, call again, end.

Each begins with the statement that writes, so two counters never call one person and two kiosks
never give one number. What was asked twice is answered once.
"""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.queueing.places import must_call, queue_at
from motcua.core.queueing.rules import (
    AFTER,
    MOST_NUMBERS,
    WINDOW_LENGTH,
    NobodyWaits,
    NoSuchTicket,
    NumbersUsedUp,
    QueueMoved,
    TicketOver,
    WindowMissing,
)
from motcua.core.sql import Sql, Tx, hot_act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_COUNT = Sql(
    "INSERT INTO queueing_queueday (id, last) VALUES (%s, 1)"
    " ON CONFLICT (id) DO UPDATE SET last = queueing_queueday.last + 1 RETURNING last"
)
_LOCK = Sql("UPDATE queueing_queueday SET last = last WHERE id = %s")  # counters take turns
_BACK = Sql("UPDATE queueing_queueday SET last = last - 1 WHERE id = %s")
_TAKEN = Sql("SELECT number FROM queueing_ticket WHERE queue_id = %s AND key = %s")
_TAKE = Sql(
    'INSERT INTO queueing_ticket (queue_id, number, key, state, "window", taken_at, calls)'
    " VALUES (%s, %s, %s, 'waiting', '', %s, 0)"
)
_NEXT = Sql(
    "UPDATE queueing_ticket SET state = 'called', called_at = %s, last_call_at = %s, calls = 1,"
    ' "window" = %s, officer_id = %s WHERE id = (SELECT id FROM queueing_ticket'
    " WHERE queue_id = %s AND state = 'waiting' ORDER BY number LIMIT 1) RETURNING number"
)
_OPEN = Sql(
    "SELECT number FROM queueing_ticket WHERE queue_id = %s AND state = 'called'"
    " AND officer_id = %s ORDER BY number"
)
_SERVED = Sql(
    "UPDATE queueing_ticket SET state = 'served', ended_at = %s WHERE queue_id = %s"
    " AND state = 'called' AND officer_id = %s"
)
_TURN = Sql(
    "UPDATE queueing_ticket SET state = %s, ended_at = %s WHERE queue_id = %s AND number = %s"
    " AND state = %s"
)
_RECALL = Sql(
    "UPDATE queueing_ticket SET state = 'called', last_call_at = %s, calls = calls + 1,"
    ' "window" = %s, officer_id = %s, ended_at = NULL'
    " WHERE queue_id = %s AND number = %s AND state = %s"
)
_STATE = Sql("SELECT state FROM queueing_ticket WHERE queue_id = %s AND number = %s")

_ENDS = {"serve": "served", "miss": "missed"}


def take_number(*, agency_id: int, at: datetime.datetime, key: str) -> int:
    """Take a number of an agency's counter; the same key gives the same number again.

    Anybody may: a queue knows nobody. Raises `NumbersUsedUp`.
    """
    queue = queue_at(agency_id, at)
    with hot_act() as tx:
        row = tx.one(_COUNT, queue)
        assert row is not None
        first = tx.one(_TAKEN, queue, key)  # asked under the counter's lock: a twin has written
        if first is not None:
            tx.run(_BACK, queue)
            return int(first[0])
        if row[0] > MOST_NUMBERS:
            raise NumbersUsedUp
        tx.run(_TAKE, queue, row[0], key, at)
        return int(row[0])


def call_next(
    *, actor: Actor, agency_id: int, at: datetime.datetime, window: str, after: int | None
) -> int:
    """Call the number that waits longest; the one this officer was serving has been served.

    `after` is the number that their page showed: where another is being served by now, nothing is
    called, so a press too many calls nobody. Raises `NotYourQueue`, `WindowMissing`, `QueueMoved`,
    `NobodyWaits`.
    """
    must_call(actor, agency_id)
    named, queue = _window(window), queue_at(agency_id, at)
    with hot_act() as tx:
        tx.run(_LOCK, queue)
        if _shown(tx, queue, actor) != after:
            raise QueueMoved
        tx.run(_SERVED, at, queue, actor.officer_id)
        row = tx.one(_NEXT, at, at, named, actor.officer_id, queue)
        if row is None:
            raise NobodyWaits
        return int(row[0])


def recall(
    *, actor: Actor, agency_id: int, at: datetime.datetime, window: str, number: int
) -> None:
    """Call a number again: one that is being called, or one that was missed."""
    must_call(actor, agency_id)
    named, queue = _window(window), queue_at(agency_id, at)
    with hot_act() as tx:
        state = _standing(tx, queue, number, "recall")
        told = (at, named, actor.officer_id, queue, number, state)
        if not tx.run(_RECALL, *told):
            raise TicketOver(number=number)


def end(*, actor: Actor, agency_id: int, at: datetime.datetime, number: int, as_: str) -> None:
    """End a number that was called: `serve` or `miss`. Raises `NoSuchTicket`, `TicketOver`."""
    must_call(actor, agency_id)
    queue = queue_at(agency_id, at)
    with hot_act() as tx:
        state = _standing(tx, queue, number, as_)
        if not tx.run(_TURN, _ENDS[as_], at, queue, number, state):
            raise TicketOver(number=number)


def _standing(tx: Tx, queue: int, number: int, act: str) -> str:
    """Give where a ticket stands, if the act follows from it."""
    row = tx.one(_STATE, queue, number)
    if row is None:
        raise NoSuchTicket
    if row[0] not in AFTER[act]:
        raise TicketOver(number=number)
    return str(row[0])


def _shown(tx: Tx, queue: int, actor: Actor) -> int | None:
    rows = tx.all(_OPEN, queue, actor.officer_id)
    return int(rows[0][0]) if rows else None


def _window(words: str) -> str:
    try:
        named = clean(words, limit=WINDOW_LENGTH)
    except Refused as refusal:
        raise WindowMissing from refusal
    if not named:
        raise WindowMissing
    return named
