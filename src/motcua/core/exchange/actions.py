"""Sending again: by the receiver from any position, by an operator one dead letter at a time."""

from __future__ import annotations

from datetime import datetime

from motcua.core.sql import Sql, act
from motcua.kernel.errors import Refused

_REPLAY = Sql(
    """
    UPDATE exchange_message
    SET state = 'waiting', tries = 0, next_try = %s, sent_at = NULL, last_error = ''
    WHERE receiver = %s AND id >= %s AND state IN ('sent', 'dead')
    """
)
_RETRY = Sql(
    """
    UPDATE exchange_message SET state = 'waiting', tries = 0, next_try = %s, last_error = ''
    WHERE id = %s AND state = 'dead'
    """
)

_DROP = Sql("UPDATE exchange_message SET state = 'dropped' WHERE id = %s AND state = 'dead'")


class NotDead(Refused):
    """Only a dead letter is sent again one by one."""

    code = "exchange.not_dead"
    vi = "Thông điệp số {message} không nằm trong danh sách không gửi được. Tải lại danh sách."
    en = "Message {message} is not among the dead letters. Reload the list."
    status = 409


def replay(receiver: str, from_id: int, *, at: datetime) -> int:
    """Send the receiver everything from this message on again, sent or dead; give how many.

    They go in their old order under their old ids, so a receiver keeps only what it missed.
    """
    with act() as tx:
        return tx.run(_REPLAY, at, receiver, from_id)


def retry_dead(message: int, *, at: datetime) -> None:
    """Let one dead letter be tried again, with all its tries; raises `NotDead`."""
    with act() as tx:
        if not tx.run(_RETRY, at, message):
            raise NotDead(message=message)


def drop_dead(message: int) -> None:
    """Put a dead letter away for good; a receiver may still ask for all again (`replay` leaves it).

    Raises `NotDead`.
    """
    with act() as tx:
        if not tx.run(_DROP, message):
            raise NotDead(message=message)
