"""Gửi khiếu nại: a complaint is a dossier of its own that hangs on the one it is about."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.complaints.queries import answering, handlers, may_complain, post_for
from motcua.core.dossiers.erased import refuse_erased
from motcua.core.dossiers.filing import FROM_DOSSIER, file
from motcua.core.dossiers.orders import Done, Filing, Handed
from motcua.core.dossiers.situation import NotFound, read
from motcua.core.dossiers.ties import COMPLAINT, Hanging
from motcua.core.ledger.append import Origin
from motcua.core.people.models import Party
from motcua.core.people.parties import shown_as
from motcua.core.procedures.queries import NotOffered, current
from motcua.core.sql import reading
from motcua.kernel.errors import Refused

_STATED = ("name", "kind", "number", "tax_code", "phone", "email", "address")


class NotYoursToComplain(Refused):
    """Only the applicant complains, or the counter writes down what the applicant came to say."""

    code = "complaints.not_yours"
    vi = (
        "Chỉ người nộp hồ sơ được khiếu nại, phản ánh về việc giải quyết hồ sơ; bộ phận tiếp nhận"
        " hồ sơ ghi hộ khi người nộp đến quầy."
    )
    en = (
        "Only the applicant complains about how a dossier is handled; the counter that receives"
        " such dossiers writes it down for an applicant who came."
    )
    status = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What is said: by which procedure, with which answers of its form, and papers."""

    procedure: str
    fields: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Handed, ...] = ()


def complain(
    *, actor: Actor, at: datetime.datetime, dossier_id: int, complaint: Complaint, key: str | None
) -> Done:
    """File a complaint about a dossier with those who answer it.

    Nobody who handled the dossier has a hand in the complaint: they neither read nor move it, and
    where no one else could answer, it goes to the agency above. A repeat under the same key gives
    the first answer. Raises `NotYoursToComplain`, `NobodyFit` and what `filing.file` raises.
    """
    tx = reading()
    snapshot = read(tx, dossier_id)
    if not sees(tx, actor, dossier_id):
        raise NotFound
    if not may_complain(actor, snapshot):
        raise NotYoursToComplain
    refuse_erased(snapshot)
    declaration = current(complaint.procedure).declaration
    if not declaration.complaint:
        raise NotOffered(procedure=complaint.procedure)
    kept_away = handlers(tx, dossier_id)
    told = shown_as(Party.objects.get(dossiers=dossier_id))
    filing = Filing(
        procedure=declaration.code,
        agency_id=answering(snapshot, declaration, kept_away, at),
        applicant={name: told[name] for name in _STATED},
        fields=complaint.fields,
        evidence=complaint.evidence,
        channel=FROM_DOSSIER,
    )
    hanging = Hanging(
        of=dossier_id,
        kind=COMPLAINT,
        recused=tuple(sorted(kept_away)),
        post=None if actor.party_id is not None else post_for(actor, snapshot),
    )
    origin: Origin = "sample" if snapshot.origin == "sample" else "live"
    return file(actor=actor, at=at, filing=filing, key=key, hanging=hanging, origin=origin)
