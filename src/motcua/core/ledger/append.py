"""Writing an entry: the last statement of every act, inside the act's own transaction.

The caller holds the stream (it took the dossier row) and knows the hash of its last entry, so
there is nothing to read here: one canonical JSON, one SHA-256, one INSERT.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from motcua.core.ledger.hashing import entry_hash, genesis
from motcua.core.places import place, places
from motcua.core.sql import Sql, Tx
from motcua.kernel import canonical
from motcua.kernel.errors import Refused

HOUSE = 0
"""The stream of the house itself: publishing a procedure, appointing an officer."""

Origin = Literal["live", "imported", "sample"]


class StreamMoved(Refused):
    """Another act wrote this place of the stream first."""

    code = "ledger.stream_moved"
    vi = "Hồ sơ vừa có người khác xử lý; hãy tải lại và làm lại."
    en = "Someone else has just acted on this; reload and try again."
    status = 409
    retry = True


@dataclass(slots=True, kw_only=True)
class NewEntry:
    """What an act says of itself. Nothing personal and no free text: those are commitments.

    `at` is when it happened, `recorded` when the house learnt of it. `seq` counts from 1 in its
    stream. `files` are SHA-256 in lower-case hex, `commitments` come from `commitment()`. `data`
    holds facts that are not personal; `data["after"]` is the state that the act left behind.
    """

    stream: int
    seq: int
    act: str
    at: dt.datetime
    recorded: dt.datetime
    actor: str | None = None
    post: str | None = None
    version: int | None = None
    from_step: str | None = None
    to_step: str | None = None
    files: Sequence[str] = ()
    commitments: Sequence[str] = ()
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    origin: Origin = "live"


_INSERT = Sql(
    """INSERT INTO ledger_entry (id, stream, seq, act, at, recorded_at, body, previous, hash)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""
)
_HEAD = Sql(
    "SELECT seq, hash FROM ledger_entry WHERE id BETWEEN %s AND %s ORDER BY id DESC LIMIT 1"
)
# Acts of the house are rare and have no row of their own to take, so PostgreSQL queues them here;
# on SQLite the transaction already is the queue.
_QUEUE_HOUSE = Sql("", postgres="SELECT pg_advisory_xact_lock(7236833, 0)")


def append(tx: Tx, entry: NewEntry, previous: bytes, *, trusted: bool = False) -> bytes:
    """Write an entry after the one whose hash is `previous` and give its hash, 32 bytes.

    `previous` of the first entry is `genesis(stream)`. Raises `StreamMoved` when that place of the
    stream is taken: within a hot act maybe only at a later statement, or its end. Raises what
    `canonical.encode` does for data that has no single spelling (`trusted`: the caller built the
    data from text, integers and booleans alone).
    """
    body = canonical.encode(body_of(entry), trusted=trusted)
    digest = entry_hash(previous, body)
    tx.send(
        _INSERT,
        place(entry.stream, entry.seq),
        entry.stream,
        entry.seq,
        entry.act,
        entry.at,
        entry.recorded,
        body.decode(),
        previous,
        digest,
        clash=StreamMoved,
    )
    return digest


def append_to_house(
    tx: Tx,
    *,
    act: str,
    at: dt.datetime,
    actor: str | None,
    post: str | None = None,
    files: Sequence[str] = (),
    commitments: Sequence[str] = (),
    data: Mapping[str, Any] | None = None,
    origin: Origin = "live",
    recorded: dt.datetime | None = None,
) -> bytes:
    """Write an administrative act into the stream of the house and give its hash.

    `recorded` is `at` unless the caller imports. Reads the head first: for rare acts only.
    """
    seq, previous = _head_of_house(tx)
    entry = NewEntry(
        stream=HOUSE,
        seq=seq + 1,
        act=act,
        at=at,
        recorded=recorded or at,
        actor=actor,
        post=post,
        files=files,
        commitments=commitments,
        data=data or {},
        origin=origin,
    )
    return append(tx, entry, previous)


def take_house(tx: Tx) -> None:
    """Make acts of the house wait for one another from here on, not only from their entry.

    For one that must first see that no other act contradicts it.
    """
    if tx.is_postgres:
        tx.one(_QUEUE_HOUSE)


def head(tx: Tx, stream: int) -> tuple[int, bytes]:
    """Give seq and hash of the last entry of a stream; `(0, genesis)` when it has none."""
    row = tx.one(_HEAD, *places(stream))
    return (row[0], bytes(row[1])) if row else (0, genesis(stream))


def body_of(entry: NewEntry) -> dict[str, object]:
    """Give what is hashed, ready for `canonical.encode`."""
    return {
        "stream": entry.stream,
        "seq": entry.seq,
        "act": entry.act,
        "actor": entry.actor,
        "post": entry.post,
        "at": instant_text(entry.at),
        "recorded": instant_text(entry.recorded),
        "version": entry.version,
        "from": entry.from_step,
        "to": entry.to_step,
        "files": list(entry.files),
        "commitments": list(entry.commitments),
        "data": dict(entry.data),
        "origin": entry.origin,
    }


@lru_cache(maxsize=256)  # an act tells the same few instants several times
def instant_text(at: dt.datetime) -> str:
    """Write an instant the one way the ledger knows: UTC, always six decimals."""
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _head_of_house(tx: Tx) -> tuple[int, bytes]:
    take_house(tx)
    return head(tx, HOUSE)
