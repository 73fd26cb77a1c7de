"""One act on a document: under a request key, on a row that is held, in one transaction."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.idempotency import keys
from motcua.core.official.faults import (
    DocumentMoved,
    MoveUnknown,
    NoSuchDocument,
    NotYourMove,
    OwnDraft,
    WrongState,
)
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.rights import arrival_of, document_of, is_head, roles
from motcua.core.official.rules import MOVES, Role
from motcua.core.official.writing import stream_of
from motcua.core.places import ARRIVALS, DOCUMENTS
from motcua.core.sql import Tx, act, reading
from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Done:
    """The document that an act wrote, its revision and its state then."""

    document_id: int
    revision: int
    state: str


def carry_out(
    name: str,
    write: Callable[[Tx], OutgoingDocument | IncomingDocument],
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str | None,
    body: object,
) -> Done:
    """Write an act on an outgoing document (or, where so named, an `arrival_…` of an incoming one).

    A repeat under its key gives what the first one wrote.
    """
    asked = None
    if key:
        operation = name if name.startswith("arrival_") else f"document_{name}"
        asked = keys.request(actor=actor.key, operation=operation, key=key, body=body)
    first = _earlier(reading(), asked, actor)
    if first is not None:
        return first
    try:
        with act() as tx:
            first = _earlier(tx, asked, actor)  # its twin was first
            if first is not None:
                return first
            row = write(tx)
            done = Done(row.pk, row.revision, str(row.state))
            if asked is not None:
                keys.take(tx, asked, stream=stream_of(row), seq=row.revision, at=at)
    except (keys.Repeated, Refused):  # perhaps for no other reason than that its twin was first
        first = _earlier(reading(), asked, actor)
        if first is None:
            raise
        return first
    return done


def _earlier(tx: Tx, asked: keys.Request | None, actor: Actor) -> Done | None:
    found = keys.earlier(tx, asked) if asked is not None else None
    if found is None:
        return None
    stream, seq = found
    row: OutgoingDocument | IncomingDocument
    if stream >= ARRIVALS:  # who may not see it any more is not told
        row = arrival_of(actor, stream - ARRIVALS)
    else:
        row = document_of(actor, stream - DOCUMENTS)
    return Done(row.pk, seq, str(row.state))


def held(actor: Actor, document_id: int, name: str, revision: int | None) -> OutgoingDocument:
    """Lock a document for somebody who may make this move of it and saw this revision.

    Raises `MoveUnknown`, `NoSuchDocument`, `NotYourMove`, `OwnDraft`, `DocumentMoved`,
    `WrongState`, `ProofNeeded`.
    """
    move = MOVES.get(name)
    if move is None or Role.HOUSE in move.by:
        raise MoveUnknown(move=name[:20])
    row = OutgoingDocument.objects.select_for_update().filter(pk=document_id).first()
    document_of(actor, document_id)
    if row is None:
        raise NoSuchDocument
    if roles(actor, row).isdisjoint(move.by):
        if (
            Role.REVIEWER in move.by
            and row.drafted_by == actor.key
            and is_head(actor, row.agency_id)
        ):
            raise OwnDraft
        raise NotYourMove
    if revision is not None and revision != row.revision:
        raise DocumentMoved(revision=row.revision)
    if row.state not in move.sources:
        raise WrongState
    if move.proof and not actor.proven:
        raise ProofNeeded
    return row
