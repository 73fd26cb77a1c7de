"""Putting a message into the outbox, within the act that causes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from motcua.core.sql import Sql, Tx

_PUT = Sql(
    """
    INSERT INTO exchange_message (receiver, channel, topic, payload, dossier, created_at, state,
                                  tries, next_try, last_error)
    VALUES (%s, %s, %s, %s, %s, %s, 'waiting', 0, %s, '')
    """
)


def put(
    tx: Tx,
    *,
    receiver: str,
    channel: str,
    topic: str,
    payload: Mapping[str, object],
    dossier: int | None,
    at: datetime,
) -> None:
    """Add a message in the caller's transaction: no commit, no message."""
    text = json.dumps(payload, ensure_ascii=False)
    tx.send(_PUT, receiver, channel, topic, text, dossier, at, at)
