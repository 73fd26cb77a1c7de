"""A writing request is carried out once: its key is taken in the act's own transaction."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.sql import Sql, Tx
from motcua.kernel import canonical
from motcua.kernel.errors import Refused

KEPT = datetime.timedelta(days=30)

_TAKE = Sql(
    "INSERT INTO idempotency_requestkey (actor, operation, key, body_hash, result, created_at)"
    " VALUES (%s, %s, %s, %s, '', %s) ON CONFLICT (actor, operation, key) DO NOTHING"
)
_EARLIER = Sql(
    "SELECT body_hash, result FROM idempotency_requestkey"
    " WHERE actor = %s AND operation = %s AND key = %s"
)
_ANSWER = Sql(
    "UPDATE idempotency_requestkey SET result = %s WHERE actor = %s AND operation = %s AND key = %s"
)
# Keys are written in order of time, so the oldest ones have the lowest ids: no index is needed.
_FORGET = Sql(
    "DELETE FROM idempotency_requestkey WHERE id IN (SELECT id FROM"
    " (SELECT id, created_at FROM idempotency_requestkey ORDER BY id LIMIT %s) oldest"
    " WHERE created_at < %s)"
)
_BATCH = 5000


class KeyReused(Refused):
    """The key was used for another request body."""

    code = "idempotency.key_reused"
    vi = "Khoá yêu cầu này đã dùng cho một nội dung khác. Hãy tải lại trang rồi gửi lại."
    en = "This request key was used with another body. Reload the page and send again."
    status = 409


class KeyTooLong(Refused):
    """The key has no length between 1 and 80."""

    code = "idempotency.key_length"
    vi = "Khoá yêu cầu phải dài từ 1 đến 80 ký tự."
    en = "A request key has 1 to 80 characters."


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what under which key; `body` is hashed, not kept."""

    actor: str
    operation: str
    key: str
    body_hash: bytes


def request(*, actor: str, operation: str, key: str, body: object) -> Request:
    """Describe a writing request; `body` is anything canonical JSON can hold."""
    if not 0 < len(key) <= 80:
        raise KeyTooLong
    return Request(actor, operation, key, canonical.digest(body))


def earlier(tx: Tx, asked: Request) -> str | None:
    """Look up what an equal request was answered; refuse another body under its key."""
    row = tx.one(_EARLIER, asked.actor, asked.operation, asked.key)
    if row is None:
        return None
    if bytes(row[0]) != asked.body_hash:
        raise KeyReused
    return str(row[1])


def take(tx: Tx, asked: Request, *, at: datetime.datetime) -> str | None:
    """Take the key inside the act; a twin that was first gives its answer instead."""
    values = (asked.actor, asked.operation, asked.key, asked.body_hash, at)
    if tx.run(_TAKE, *values):
        return None
    return earlier(tx, asked)


def answer(tx: Tx, asked: Request, result: str) -> None:
    """Keep the answer of the act that took the key."""
    tx.run(_ANSWER, result, asked.actor, asked.operation, asked.key)


def forget(tx: Tx, *, at: datetime.datetime) -> bool:
    """Drop some keys older than thirty days; True when there may be more (a job calls again)."""
    return tx.run(_FORGET, _BATCH, at - KEPT) == _BATCH
