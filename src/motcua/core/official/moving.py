"""Moves of an outgoing document by people: review, send back, drop, sign, issue."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.jobs.queue import enqueue
from motcua.core.official.carrying import Done, carry_out, held
from motcua.core.official.faults import MoveUnknown, NotASigner, NotInForce, ReasonMissing
from motcua.core.official.keepers import must_hold
from motcua.core.official.models import OutgoingDocument
from motcua.core.official.numbers import take
from motcua.core.official.rights import day_of, may_sign, post_used, roles
from motcua.core.official.rules import IN_FORCE, MOVES, State
from motcua.core.official.setting import planned_signs
from motcua.core.official.writing import Deed, tell
from motcua.core.sql import Tx
from motcua.kernel.vietnamese import clean

LONGEST_REASON = 500
SIGN_JOB = "official.sign"
ACTS = frozenset({"rewrite", "send", "returned"})
"""Moves that are acts of their own: `drafting.rewrite`, `delivery.send`, `delivery.returned`."""


def move(
    *,
    actor: Actor,
    at: datetime.datetime,
    document_id: int,
    name: str,
    revision: int | None,
    reason: str = "",
    key: str | None,
) -> Done:
    """Make a move of `rules.MOVES` (but `rewrite`) and write its entry.

    Signing and issuing ask the signing service for a signature, which a job brings in. Issuing
    takes the number in this very transaction. Raises what `carrying.held` does, `ReasonMissing`,
    `NotASigner`, `NotInForce`.
    """
    said = clean(reason, limit=LONGEST_REASON)

    def write(tx: Tx) -> OutgoingDocument:
        if name in ACTS:
            raise MoveUnknown(move=name)
        row = held(actor, document_id, name, revision)
        made = MOVES[name]
        if made.reason and not said:
            raise ReasonMissing
        role = next(one for one in made.by if one in roles(actor, row))
        must_hold(row, name)
        row.revision += 1
        _ALSO.get(name, _nothing)(tx, row, actor, at)
        row.state = made.target
        row.save()
        post = post_used(actor, row.agency_id, role)
        tell(tx, row, Deed(name=name, actor=actor, at=at, post=post, reason=said))
        return row

    body = [document_id, name, revision, said]
    return carry_out(name, write, actor=actor, at=at, key=key, body=body)


def _nothing(_tx: Tx, _row: OutgoingDocument, _actor: Actor, _at: datetime.datetime) -> None:
    """Most moves change the state alone."""


def _review(_tx: Tx, row: OutgoingDocument, actor: Actor, _at: datetime.datetime) -> None:
    row.reviewed_by = actor.key


def _send_back(_tx: Tx, row: OutgoingDocument, _actor: Actor, _at: datetime.datetime) -> None:
    row.reviewed_by, row.signing_at = "", None


def _sign(tx: Tx, row: OutgoingDocument, _actor: Actor, at: datetime.datetime) -> None:
    """Let the signer's own signature be made of the document as it stands."""
    if not may_sign(row.signer_id, row.agency_id, row.authority, day_of(at)):
        raise NotASigner
    row.signing_at = at
    ask_signature(tx, row, at)


def _issue(tx: Tx, row: OutgoingDocument, _actor: Actor, at: datetime.datetime) -> None:
    """Take the number and the day, and let the agency's signature be made of the whole."""
    if row.about_id is not None:
        named = OutgoingDocument.objects.select_for_update().get(pk=row.about_id)
        rivals = OutgoingDocument.objects.filter(about=named, state=State.NUMBERED)
        if named.state not in IN_FORCE or rivals.exists():
            raise NotInForce
    row.number, row.issued_on = take(tx, agency_id=row.agency_id, book=row.kind, on=day_of(at))
    row.year, row.numbered_at = row.issued_on.year, at
    row.signs = planned_signs(row, row.issued_on)
    ask_signature(tx, row, at)


def ask_signature(tx: Tx, row: OutgoingDocument, at: datetime.datetime) -> None:
    """Let a job bring in the signature for which a document waits."""
    enqueue(tx, SIGN_JOB, {"document": row.pk, "revision": row.revision}, at=at)


_ALSO = {"review": _review, "send_back": _send_back, "sign": _sign, "issue": _issue}

WAITING = (State.SIGNING, State.NUMBERED)
"""The states in which a document waits for a signature."""
