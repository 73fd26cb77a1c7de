"""A writing request is carried out once: its key is written with the act, in its transaction.

The key is the act's last statement. A twin that was first makes it fail, the act is rolled back,
and the twin's answer is given. What is kept is the place of the entry that answers, not a copy.
"""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from motcua.core.sql import Sql, Tx
from motcua.kernel import canonical
from motcua.kernel.errors import Refused

KEPT = datetime.timedelta(days=30)
LONGEST = 80

_TAKE = Sql(
    "INSERT INTO idempotency_requestkey (id, scope, body, stream, seq, created_at)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
_EARLIER = Sql("SELECT scope, body, stream, seq FROM idempotency_requestkey WHERE id = %s")
_OLDEST = Sql("SELECT id FROM idempotency_requestkey WHERE created_at < %s LIMIT %s")
_FORGET = Sql("DELETE FROM idempotency_requestkey WHERE id = %s")
_BATCH = 2000


class KeyReused(Refused):
    """The key was used for another request body."""

    code = "idempotency.key_reused"
    vi = "Khóa yêu cầu này đã dùng cho một nội dung khác. Hãy tải lại trang rồi gửi lại."
    en = "This request key was used with another body. Reload the page and send again."
    status = 409


class KeyTooLong(Refused):
    """The key has no length between 1 and 80."""

    code = "idempotency.key_length"
    vi = "Khóa yêu cầu phải dài từ 1 đến 80 ký tự."
    en = "A request key has 1 to 80 characters."


class Repeated(Exception):
    """An equal request was carried out before; the act is rolled back."""


@dataclass(slots=True)
class Request:
    """Who asks for what under which key, as hashes."""

    id: int
    scope: bytes
    body: bytes


def request(
    *, actor: str, operation: str, key: str, body: object, trusted: bool = False
) -> Request:
    """Describe a writing request; `body` is anything canonical JSON can hold.

    `trusted`: it was built of such types alone, and need not be walked.
    """
    if not 0 < len(key) <= LONGEST:
        raise KeyTooLong
    told = f"{actor}\0{operation}\0{key}".encode(errors="surrogatepass")  # any text may be a key
    digest = hashlib.sha256(told).digest()
    number = int.from_bytes(digest[:8], "big", signed=True)
    return Request(number, digest[8:24], canonical.digest(body, trusted=trusted))


def earlier(tx: Tx, asked: Request) -> tuple[int, int] | None:
    """Give stream and seq of the entry that answered an equal request, if there was one.

    Raises `KeyReused` where the key came with another body.
    """
    row = tx.one(_EARLIER, asked.id)
    if row is None:
        return None
    if bytes(row[0]) != asked.scope or bytes(row[1]) != asked.body:
        raise KeyReused
    return int(row[2]), int(row[3])


def take(tx: Tx, asked: Request, *, stream: int, seq: int, at: datetime.datetime) -> None:
    """Write the key with its answer; raises `Repeated` when somebody was first.

    Within a hot act that may come at its end.
    """
    told = (asked.id, asked.scope, asked.body, stream, seq, at)
    tx.send(_TAKE, *told, clash=Repeated)


def forget(tx: Tx, *, at: datetime.datetime) -> bool:
    """Drop some keys older than thirty days; True when there may be more (a job calls again)."""
    old = tx.all(_OLDEST, at - KEPT, _BATCH)
    for (number,) in old:
        tx.run(_FORGET, number)
    return len(old) == _BATCH
