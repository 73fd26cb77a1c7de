"""What the house records once a signature was made, and what issuing makes of another document."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import house
from motcua.core.files.store import Stored, record
from motcua.core.official.models import DocumentFile, OutgoingDocument
from motcua.core.official.rules import EFFECTS, IN_FORCE, State
from motcua.core.official.writing import Deed, tell
from motcua.core.sql import Tx, act

HOUSE = house("official")


def signature_made(
    *, at: datetime.datetime, document_id: int, revision: int, stored: Stored
) -> bool:
    """Keep the signed file and move the document on: signed by its signer, or issued.

    Done again, or after the document went another way, it changes nothing and gives False.
    """
    with act() as tx:
        row = _waiting(document_id, revision)
        if row is None:
            return False
        personal = row.state == State.SIGNING
        row.revision += 1
        row.state = State.SIGNED if personal else State.ISSUED
        if not personal:
            row.issued_at = at
        row.save()
        name = "sign_made" if personal else "issue_made"
        seq = tell(tx, row, Deed(name=name, actor=HOUSE, at=at, files=(stored.sha256,)))
        DocumentFile.objects.create(
            document=row,
            stage="signed" if personal else "issued",
            seq=seq,
            file_id=record(tx, stored, at=at),
            made_at=at,
        )
        if not personal:
            _take_effect(tx, row, at)
    return True


def signature_refused(*, at: datetime.datetime, document_id: int, revision: int, why: str) -> bool:
    """Give a document back to be signed again, since the service refused its signer for good."""
    with act() as tx:
        row = _waiting(document_id, revision)
        if row is None or row.state != State.SIGNING:
            return False
        row.revision += 1
        row.state, row.signing_at = State.REVIEWED, None
        row.save()
        tell(tx, row, Deed(name="sign_failed", actor=HOUSE, at=at, reason=why[:500]))
    return True


def _waiting(document_id: int, revision: int) -> OutgoingDocument | None:
    rows = OutgoingDocument.objects.select_for_update()
    waiting = (State.SIGNING, State.NUMBERED)
    return rows.filter(pk=document_id, revision=revision, state__in=waiting).first()


def _take_effect(tx: Tx, row: OutgoingDocument, at: datetime.datetime) -> None:
    """Revoke, replace or update the document that this one names, now that it is issued."""
    if row.about_id is None:
        return
    named = OutgoingDocument.objects.select_for_update().get(pk=row.about_id)
    if named.state not in IN_FORCE:  # another one was issued first: the ledger tells of both
        return
    named.revision += 1
    named.state, named.ended_by = EFFECTS[row.effect], row
    named.save()
    tell(tx, named, Deed(name=row.effect, actor=HOUSE, at=at, data={"by": row.pk}))
