"""Bringing in the signature that an act asked for; as often as it takes, recorded once."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.agencies.queries import agency
from motcua.core.files.store import keep, path_of
from motcua.core.jobs.registry import handler
from motcua.core.official import copies, pades, setting
from motcua.core.official.kinds import COPIES
from motcua.core.official.models import OutgoingDocument
from motcua.core.official.moving import SIGN_JOB
from motcua.core.official.rules import State
from motcua.core.official.signatures import signature_made, signature_refused
from motcua.core.official.signing import Holder, NoCertificate, service

_SAMPLE = "DỮ LIỆU MẪU"


@handler(SIGN_JOB, lease_seconds=120)
def sign(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Sign a document that waits for it, keep the file, and record its hash in the ledger.

    A run that died half-way is run again; whichever file is recorded first is the document's. A
    signer without a certificate gets the document back; for a seal it is tried again.
    """
    rows = OutgoingDocument.objects.select_related("signer")
    row = rows.filter(pk=payload["document"], revision=payload["revision"]).first()
    if row is None or row.state not in {State.SIGNING, State.NUMBERED}:
        return
    try:
        body = by_person(row) if row.state == State.SIGNING else by_agency(row)
    except NoCertificate as refusal:
        if row.state == State.NUMBERED:
            raise
        why = refusal.text("vi")
        signature_refused(at=at, document_id=row.pk, revision=row.revision, why=why)
        return
    stored = keep([body], ours=True)
    signature_made(at=at, document_id=row.pk, revision=row.revision, stored=stored)


def by_person(row: OutgoingDocument) -> bytes:
    """Lay a document out and sign it as its signer."""
    at = row.signing_at
    assert at is not None  # it is `signing`
    laid = setting.lay_out(row, at=at, mark=_SAMPLE if row.sample else "")
    spots = laid.spots
    shown = {
        "number": setting.fill("number", setting.number_line(row, at), spots["number"], at=at),
        "day": setting.fill("day", setting.day_words(row, at), spots["day"], at=at),
    }
    blank = pades.prepared(laid.pdf, spots, shown)
    hand = setting.fill("hand", row.signer.name, spots["signer"], at=at)
    holder = Holder(f"officer:{row.signer_id}", row.signer.name, agency(row.agency_id).name_vi)
    return pades.signed_by_person(blank, holder, service=service(), look=hand, at=at)


def by_agency(row: OutgoingDocument) -> bytes:
    """Fill number and day in and sign as the agency, on top of what its signer signed."""
    at = row.numbered_at
    assert at is not None  # it is `numbered`
    if row.kind in COPIES:
        return copy_by_agency(row, at)
    last = row.files.filter(stage="signed").order_by("-pk").select_related("file")[0]
    body = path_of(last.file.sha256).read_bytes()
    spots = pades.places(body)
    lines = {pades.NUMBER: setting.number_line(row, at), pades.DAY: setting.day_words(row, at)}
    looks = {
        pades.NUMBER: setting.fill("number", lines[pades.NUMBER], spots[pades.NUMBER], at=at),
        pades.DAY: setting.fill("day", lines[pades.DAY], spots[pades.DAY], at=at),
        pades.AGENCY: setting.fill("seal", _seal(row).name, spots[pades.AGENCY], at=at),
    }
    return pades.signed_by_agency(
        body,
        _seal(row),
        service=service(),
        looks=looks,
        lines=lines,
        at=at,
    )


def copy_by_agency(row: OutgoingDocument, at: datetime.datetime) -> bytes:
    """Lay a copy out and sign it as the agency that made it."""
    pdf = copies.lay_out(row, at=at, mark=_SAMPLE if row.sample else "")
    spot = copies.stamp_spot(pdf)
    look = copies.stamp(row, spot, at=at)
    return pades.sealed(pdf, _seal(row), service=service(), spot=spot, look=look, at=at)


def _seal(row: OutgoingDocument) -> Holder:
    name = agency(row.agency_id).name_vi
    return Holder(f"agency:{row.agency_id}", name, name)
