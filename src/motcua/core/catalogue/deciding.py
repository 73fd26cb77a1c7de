"""Deciding on an edition: a head sends it back or signs it, and it comes into force on its day."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor, house
from motcua.core.catalogue.actions import PUBLISH, check_whole, document_of, enforced
from motcua.core.catalogue.models import Proposal
from motcua.core.catalogue.proposals import (
    asked_for,
    check_decides,
    check_seen,
    check_state,
    dawn_of,
    today,
)
from motcua.core.dossiers.signing import ProofNeeded
from motcua.core.idempotency.house import Told, carry_out
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.sql import Tx, act
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

JOB = "catalogue.enforce"
_REASON = 1000
_FARTHEST = datetime.timedelta(days=366)


class ReasonMissing(Refused):
    """Who sends an edition back says why."""

    code = "catalogue.reason_missing"
    vi = "Ghi lý do trả lại để người soạn biết phải sửa gì."
    en = "Say why it is sent back, so that its author knows what to mend."


class BadDay(Refused):
    """An edition comes into force today or later, within a year."""

    code = "catalogue.bad_day"
    vi = "Ngày có hiệu lực phải từ {first} đến {last}."
    en = "The day it comes into force must lie between {first} and {last}."


def send_back(
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str,
    reason: str,
    revision: int | None,
    request: str | None,
) -> int:
    """Send an edition back to be mended, with the reason; gives the proposal's number.

    Raises `UnknownListing`, `NoProposal`, `HeadsDecide`, `OwnEdition`, `OtherState`,
    `EditionMoved` or `ReasonMissing`.
    """
    why = clean(reason, limit=_REASON)

    def write(_tx: Tx) -> Told:
        row = asked_for(key)
        check_decides(actor, row)
        check_state(row, Proposal.State.SUBMITTED)
        check_seen(row, revision)
        if not why:
            raise ReasonMissing
        row.state, row.reason = Proposal.State.EDITING, why
        row.decided_by, row.decided_at = actor.key, at
        row.save(update_fields=["state", "reason", "decided_by", "decided_at"])
        return Told({"row": row.pk, "key": key, "number": row.edition.number})

    body = {"key": key, "reason": reason, "revision": revision}
    return carry_out("catalogue_send_back", write, actor=actor.key, at=at, key=request, body=body)


def sign(
    *,
    actor: Actor,
    at: datetime.datetime,
    key: str,
    document: str,
    since: datetime.date | None,
    revision: int | None,
    request: str | None,
) -> int:
    """Publish an edition from a day (None: today); gives the proposal's number.

    From today it is in force at once, else a job brings it into force at the dawn of its day.
    Raises `UnknownListing`, `NoProposal`, `HeadsDecide`, `OwnEdition`, `OtherState`,
    `EditionMoved`, `ProofNeeded`, `NoDocument`, `BadDay` or `NotPublishable`.
    """

    def write(tx: Tx) -> Told:
        row = asked_for(key)
        check_decides(actor, row)
        check_state(row, Proposal.State.SUBMITTED)
        check_seen(row, revision)
        if not actor.proven:
            raise ProofNeeded
        row.document, row.since = document_of(document), _day(row, since, at)
        check_whole(row.edition)
        row.decided_by, row.decided_at, row.digest = actor.key, at, row.edition.digest
        row.state = Proposal.State.SIGNED
        if row.since > today(row, at):
            enqueue(tx, JOB, {"proposal": row.pk}, at=at, run_at=dawn_of(row, row.since))
            told = _signed(row)
        else:
            told = _in_force(row, at)
        row.save()
        return Told(told)

    body = {"key": key, "document": document, "since": str(since or ""), "revision": revision}
    return carry_out("catalogue_sign", write, actor=actor.key, at=at, key=request, body=body)


def _day(row: Proposal, since: datetime.date | None, at: datetime.datetime) -> datetime.date:
    first = today(row, at)
    last = first + _FARTHEST
    if since is not None and not first <= since <= last:
        raise BadDay(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    return since or first


def _signed(row: Proposal) -> dict[str, object]:
    assert row.since is not None
    return {
        "row": row.pk,
        "key": row.listing.key,
        "number": row.edition.number,
        "digest": bytes(row.digest).hex(),
        "document": row.document,
        "since": row.since.isoformat(),
    }


def _in_force(row: Proposal, at: datetime.datetime) -> dict[str, object]:
    enforced(row.edition, by=row.decided_by, at=at, document=row.document)
    row.state = Proposal.State.DONE
    return _signed(row)


def enforce(*, at: datetime.datetime, proposal_id: int) -> bool:
    """Bring a signed edition into force once its day has come; tell whether this did it.

    Again changes nothing, nor does one that was given up. What was not signed as it stands is
    never published: `NotPublishable` where it has gaps, nothing where its digest differs.
    """
    with act() as tx:
        take_house(tx)
        row = Proposal.objects.select_for_update().filter(pk=proposal_id).first()
        if row is None or not _is_due(row, at):
            return False
        check_whole(row.edition)
        data = _in_force(row, at)
        row.save(update_fields=["state"])
        append_to_house(tx, act=PUBLISH, at=at, actor=house("catalogue").key, data=data)
    return True


def _is_due(row: Proposal, at: datetime.datetime) -> bool:
    signed = row.state == Proposal.State.SIGNED and bytes(row.digest) == bytes(row.edition.digest)
    return signed and row.since is not None and row.since <= today(row, at)
