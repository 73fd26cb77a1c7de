"""Delivering the outbox: at least once, in order per receiver, one sender at a time per message.

Only the first waiting message of a receiver may go. Until it is sent or dead the later ones of
that receiver wait, and nobody else's. Order is that of the ids; two acts that commit at the same
moment are in no order to each other.

Messages of different receivers are claimed together, and what became of them is written together,
once a second at least: that costs two small transactions for many messages. Sending happens
outside any transaction. A worker that dies in between leaves what it had claimed to be sent again
when the lease is over: hence *at least* once, with the id as idempotency key.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.core.exchange.carriers import Outgoing, Undelivered, carrier_of
from motcua.core.exchange.models import Message
from motcua.core.exchange.rules import MAX_TRIES, delay
from motcua.core.sql import Row, Sql, Tx, act, instant

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)  # far longer than any carrier's time-out, see `Carrier`
BUDGET_SECONDS = 60.0  # of one call, so that the first lease is nowhere near its end
BATCH = 100
UNWRITTEN_SECONDS = 1.0  # of sending that a worker which dies may have to repeat

_CLAIM = """
    UPDATE exchange_message SET tries = tries + 1, next_try = %s WHERE {which}
    RETURNING id, tries, receiver, channel, topic, payload, dossier, created_at
    """
# One walk through the waiting ones gives each receiver's first: no join, whose plan could be of the
# day when few waited. On SQLite the bare `next_try` is that of the row with the MIN.
_FIRST = """
    SELECT id FROM (
      SELECT MIN(id) AS id, next_try FROM exchange_message WHERE state = 'waiting' GROUP BY receiver
    ) AS head
    WHERE next_try <= %s ORDER BY next_try, id LIMIT %s
    """
_FIRST_ON_POSTGRES = """
    SELECT id FROM (
      SELECT DISTINCT ON (receiver) id, next_try FROM exchange_message
      WHERE state = 'waiting' ORDER BY receiver, id
    ) AS head
    WHERE next_try <= %s ORDER BY next_try, id LIMIT %s
    """
_UNLOCKED = f"""id = ANY(ARRAY(
      SELECT id FROM exchange_message
      WHERE id = ANY(ARRAY({_FIRST_ON_POSTGRES})) AND state = 'waiting' AND next_try <= %s
      FOR UPDATE SKIP LOCKED))"""
_CLAIM_FIRST = Sql(
    _CLAIM.format(which=f"id IN ({_FIRST}) AND next_try <= %s"),
    postgres=_CLAIM.format(which=_UNLOCKED),
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
_UNTOUCHED = Sql(
    """
    UPDATE exchange_message SET tries = tries - 1, next_try = %s
    WHERE id = %s AND tries = %s AND state = 'waiting'
    """
)
_ERROR_LENGTH = 500


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A message in the hands of this worker; `tries` is the number of this try, from 1."""

    message: Outgoing
    tries: int


def deliver_due(at: datetime, limit: int = 2000) -> int:
    """Send what is due, at most `limit` messages or a minute; give how many were sent.

    Goes round the receivers, one message each, so that a long queue of one starves nobody.
    """
    deadline = time.monotonic() + BUDGET_SECONDS
    sent = 0
    while limit > 0 and (claimed := _claim(at, min(BATCH, limit))):
        limit -= len(claimed)
        round_ = _Round(at, deadline)
        sent += round_.carry(claimed)
        if round_.is_late():
            break
    return sent


def deliver_job(payload: dict[str, Any], *, at: datetime) -> None:  # noqa: ARG001
    """Deliver what is due: the handler of the scheduled job `exchange.deliver`."""
    deliver_due(at)


def _claim(at: datetime, most: int) -> list[_Claimed]:
    """Take the first due messages of up to `most` receivers, the longest due first."""
    with act() as tx:
        rows = tx.all(_CLAIM_FIRST, at + LEASE, at, most, at)
    return [_Claimed(_outgoing(row), int(row[1])) for row in sorted(rows)]


class _Round:
    """Carries claimed messages one after another and writes down what became of them."""

    def __init__(self, at: datetime, deadline: float) -> None:
        self._at, self._deadline = at, deadline
        self._ended: list[tuple[_Claimed, Exception | None]] = []

    def is_late(self) -> bool:
        """Tell whether the call has had its minute."""
        return time.monotonic() > self._deadline

    def carry(self, claimed: list[_Claimed]) -> int:
        """Give how many arrived; those that the minute had no room for are as before."""
        sent, written_at = 0, time.monotonic()
        for place, one in enumerate(claimed):
            if self.is_late():
                return sent + self._write(claimed[place:])
            self._ended.append((one, _send(one.message)))
            if time.monotonic() - written_at > UNWRITTEN_SECONDS:
                sent, written_at = sent + self._write(), time.monotonic()
        return sent + self._write()

    def _write(self, untouched: Iterable[_Claimed] = ()) -> int:
        with act() as tx:
            sent = sum(self._settle(tx, one, error) for one, error in self._ended)
            for one in untouched:
                tx.run(_UNTOUCHED, self._at, one.message.id, one.tries)
        self._ended.clear()
        return sent

    def _settle(self, tx: Tx, one: _Claimed, error: Exception | None) -> bool:
        number = one.message.id
        if error is None:
            return tx.run(_SENT, self._at, number, one.tries) == 1
        state, told = _after(error, one.tries), f"{type(error).__name__}: {error}"[:_ERROR_LENGTH]
        tx.run(_FAILED, state, self._at + delay(one.tries), told, number, one.tries)
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


def _outgoing(row: Row) -> Outgoing:
    number, _, receiver, channel, topic, payload, dossier, created_at = row
    return Outgoing(
        id=int(number),
        receiver=receiver,
        channel=channel,
        topic=topic,
        payload=json.loads(payload),
        dossier=dossier,
        created_at=_known(instant(created_at)),
    )


def _known(at: datetime | None) -> datetime:
    assert at is not None  # no message without it: the column takes no NULL
    return at
