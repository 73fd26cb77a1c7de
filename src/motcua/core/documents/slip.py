"""Phiếu kiểm soát (form05): asked for by an officer at any time; no act, so no entry by asking."""

from __future__ import annotations

import datetime

from django.db.models import Max

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.dossiers.models import Paper
from motcua.core.dossiers.situation import NotFound
from motcua.core.dossiers.talked import TALK
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.models import Entry
from motcua.core.sql import Sql, act, reading
from motcua.kernel.errors import Refused

SLIP = "form05"
INTERNAL = frozenset({SLIP})
"""Letters that stay in the house: they name officers and judge their steps."""

_ASK = Sql(
    "INSERT INTO dossiers_paper (dossier_id, seq, letter, asked_at) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (dossier_id, seq, letter) DO NOTHING"
)


class OfficersOnly(Refused):
    """The control slip stays in the house."""

    code = "documents.officers_only"
    vi = "Phiếu kiểm soát chỉ dành cho cán bộ được quyền xem hồ sơ."
    en = "The control slip is for officers who may see the dossier."
    status = 403


def ask_for_slip(*, actor: Actor, at: datetime.datetime, dossier_id: int) -> Paper:
    """Give the control slip as of the dossier's last act, asking for it where it is not there.

    As long as nobody acts, asking again gives the same paper (that a paper was made, or
    something said, is no act).
    Its file follows by the job. Raises `NotFound` and `OfficersOnly`.
    """
    if not sees(reading(), actor, dossier_id):
        raise NotFound
    if actor.officer_id is None:
        raise OfficersOnly
    acts = Entry.objects.of(dossier_id).exclude(act__in=("paper", *TALK))
    seq = acts.aggregate(last=Max("seq"))["last"]
    with act() as tx:
        if tx.run(_ASK, dossier_id, seq, SLIP, at):
            payload = {"dossier": dossier_id, "seq": seq, "letter": SLIP}
            enqueue(tx, "documents.make", payload, at=at)
    return Paper.objects.get(dossier_id=dossier_id, seq=seq, letter=SLIP)
