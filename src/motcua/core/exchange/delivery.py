"""Delivering the outbox: at least once, in order per receiver, one sender at a time per message.

Only the first waiting message of a receiver may go. Until it is sent or dead the later ones of
that receiver wait, and nobody else's. Order is that of the ids; two acts that commit at the same
moment are in no order to each other.

Sending happens outside any transaction. A worker that dies in between leaves the message to be
sent again when its lease is over: hence *at least* once, with the id as idempotency key.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import datetime, timedelta
from typing import Any

from motcua.core.exchange.carriers import Outgoing, Undelivered, carrier_of
from motcua.core.exchange.models import Message
from motcua.core.exchange.rules import MAX_TRIES, delay
from motcua.core.sql import Sql, act, reading

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # far longer than any carrier's time-out, see `Carrier`
BUDGET_SECONDS = 60.0  # of one call, so that the first lease is nowhere near its end

_HEADS = Sql(
    """
    SELECT m.id, m.tries FROM exchange_message m
    JOIN (SELECT MIN(id) AS id FROM exchange_message WHERE state = 'waiting' GROUP BY receiver) h
      ON h.id = m.id
    WHERE m.next_try <= %s ORDER BY m.next_try, m.id LIMIT %s
    """
)
_CLAIM = Sql(
    """
    UPDATE exchange_message SET tries = tries + 1, next_try = %s
    WHERE id = %s AND tries = %s AND state = 'waiting' AND next_try <= %s
    """
)
_SENT = Sql(
    """
    UPDATE exchange_message SET state = 'sent', sent_at = %s, last_error = ''
    WHERE id = %s AND tries = %s AND state = 'waiting'
    """
)
_FAILED = Sql(
    """
    UPDATE exchange_message SET state = %s, next_try = %s, last_error = %s
    WHERE id = %s AND tries = %s AND state = 'waiting'
    """
)
_ERROR_LENGTH = 500


def deliver_due(at: datetime, limit: int = 200) -> int:
    """Send what is due, at most `limit` messages or a minute; give how many were sent.

    Goes round the receivers, one message each, so that a long queue of one starves nobody.
    """
    deadline = time.monotonic() + BUDGET_SECONDS
    sent = tried = 0
    while heads := reading().all(_HEADS, at, limit - tried):
        for number, tries in heads:
            if time.monotonic() > deadline:
                return sent
            sent += _deliver(int(number), int(tries), at)
        tried += len(heads)
        if tried >= limit:
            break
    return sent


def deliver_job(payload: dict[str, Any], *, at: datetime) -> None:  # noqa: ARG001
    """Deliver what is due: the handler of the scheduled job `exchange.deliver`."""
    deliver_due(at)


def _deliver(number: int, tries: int, at: datetime) -> bool:
    with act() as tx:
        if not tx.run(_CLAIM, at + LEASE, number, tries, at):
            return False  # another worker has it
    message = _outgoing(Message.objects.get(id=number))
    error = _send(message)
    with act() as tx:
        if error is None:
            return tx.run(_SENT, at, number, tries + 1) == 1
        state, told = _after(error, tries + 1), f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
        tx.run(_FAILED, state, at + delay(tries + 1), told, number, tries + 1)
    return False


def _send(message: Outgoing) -> Exception | None:
    try:
        carrier_of(message.channel).send(message)
    except Undelivered as error:
        return error
    except Exception as error:  # a carrier with a bug must not stop the other receivers
        log.exception("the carrier of %s broke on message %s", message.channel, message.id)
        return error
    return None


def _after(error: Exception, tries: int) -> str:
    hopeless = isinstance(error, Undelivered) and error.permanent
    return Message.State.DEAD.value if hopeless or tries >= MAX_TRIES else "waiting"


def _outgoing(row: Message) -> Outgoing:
    return Outgoing(
        id=row.id,
        receiver=row.receiver,
        channel=row.channel,
        topic=row.topic,
        payload=json.loads(row.payload),
        dossier=row.dossier,
        created_at=row.created_at,
    )
