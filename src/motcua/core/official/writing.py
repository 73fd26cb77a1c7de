"""The entry of an act on a document, in the document's own stream of the ledger."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.ledger.append import NewEntry, Origin, append, head
from motcua.core.ledger.commitments import commitment
from motcua.core.official.models import DocumentAct, IncomingDocument, OutgoingDocument, Recipient
from motcua.core.places import ARRIVALS, DOCUMENTS, place
from motcua.core.sql import Tx

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act: its name, who made it, when, by which post, why, and with what."""

    name: str
    actor: Actor
    at: datetime.datetime
    post: str | None = None
    reason: str = ""
    files: Sequence[str] = ()
    data: Mapping[str, object] | None = None
    origin: Origin = "live"


def stream_of(row: OutgoingDocument | IncomingDocument) -> int:
    """Give the ledger's stream of a document."""
    return (DOCUMENTS if isinstance(row, OutgoingDocument) else ARRIVALS) + row.pk


def tell(tx: Tx, row: OutgoingDocument | IncomingDocument, deed: Deed) -> int:
    """Write the entry of an act that has changed a row; gives its place in the stream.

    The row is saved and bears the revision that the act made: the place of the entry.
    """
    stream = stream_of(row)
    seq, previous = head(tx, stream)
    salt = secrets.token_bytes(_SALT_BYTES)
    DocumentAct.objects.create(
        id=place(stream, seq + 1),
        act=deed.name,
        actor=deed.actor.key,
        at=deed.at,
        reason=deed.reason,
        salt=salt,
    )
    entry = NewEntry(
        stream=stream,
        seq=seq + 1,
        act=f"{_FAMILY[type(row)]}_{deed.name}",
        at=deed.at,
        recorded=deed.at,
        actor=deed.actor.key,
        post=deed.post,
        files=tuple(deed.files),
        commitments=(commitment(salt, [said_of(row), deed.reason]),),
        data={**facts_of(row), **(deed.data or {})},
        origin=deed.origin,
    )
    append(tx, entry, previous)
    return seq + 1


_FAMILY: dict[type, str] = {OutgoingDocument: "document", IncomingDocument: "arrival"}


def facts_of(row: OutgoingDocument | IncomingDocument) -> dict[str, object]:
    """Give what an entry says openly of where an act has left a document."""
    facts: dict[str, object] = {
        "agency": row.agency_id,
        "state": str(row.state),
        "number": row.number,
        "year": row.year,
        "urgency": row.urgency or None,
    }
    if isinstance(row, IncomingDocument):
        return {**facts, "handler": row.handler_id, "due": _day(row.due_on)}
    return {
        **facts,
        "kind": row.kind,
        "signs": row.signs,
        "issued": _day(row.issued_on),
        "signer": row.signer_id,
        "about": row.about_id,
        "effect": str(row.effect),
        **_copied(row),
    }


def _copied(row: OutgoingDocument) -> dict[str, object]:
    if row.copied_id is None and row.copied_arrival_id is None:
        return {}
    return {"copied": row.copied_id, "copied_arrival": row.copied_arrival_id, "parts": row.parts}


def said_of(row: OutgoingDocument | IncomingDocument) -> dict[str, object]:
    """Give what an entry is bound to without telling it: the words of a document."""
    if isinstance(row, IncomingDocument):
        dated = _day(row.dated)
        told: dict[str, object] = {
            "author": row.author,
            "signs": row.signs,
            "dated": dated,
            "abstract": row.abstract,
        }
        return {**told, "sender": row.sender} if row.sender else told
    return {
        "abstract": row.abstract,
        "content": row.content,
        "position": row.position,
        "authority": row.authority,
        "unit": row.unit,
        "recipients": [_recipient(one) for one in row.recipients.order_by("pk")],
    }


def _recipient(one: Recipient) -> list[str]:
    told = [str(one.way), one.name, one.email]
    if one.returned_at is None:
        return told
    return [*told, one.returned_at.astimezone(datetime.UTC).isoformat(), one.returned_why]


def _day(on: datetime.date | None) -> str | None:
    return on.isoformat() if on else None
