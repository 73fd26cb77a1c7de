"""What applicants do once there is a result: some rate it, a few complain."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from random import Random

from motcua.core.access import actors
from motcua.core.complaints.actions import Complaint, complain
from motcua.core.complaints.queries import NobodyFit, kinds
from motcua.core.dossiers.models import Tie
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.procedures.queries import declared
from motcua.core.ratings.actions import rate, standing
from motcua.core.ratings.criteria import criteria
from motcua.core.sql import reading
from motcua.site.sample.acting import day_at
from motcua.site.sample.coming import Coming
from motcua.site.sample.forms import filing

_RATES, _COMPLAINS, _COMPLAINS_WHEN_WRONGED = 0.25, 0.003, 0.05
_POINTS = (2, 1, 0)
_CONTENT, _LET_DOWN = (80, 16, 4), (35, 40, 25)
_SAYS = 0.2
_WORDS = {
    True: ("Phải chờ lâu hơn giấy hẹn.", "Chậm so với ngày hẹn, không được báo trước."),
    False: ("Cán bộ hướng dẫn tận tình.", "Nhanh hơn ngày hẹn.", "Nộp qua mạng rất tiện."),
}
_SOON, _LATER = datetime.timedelta(hours=1), datetime.timedelta(days=5)

RATES, COMPLAINS = "rate", "complain"


def plans(snapshot: Snapshot, chance: Random) -> Iterator[tuple[str, datetime.datetime]]:
    """Draw what the applicant will do about a result, and when."""
    finished = snapshot.now.finished_at
    if finished is None or snapshot.now.outcome == "withdrawn" or snapshot.applicant_id is None:
        return
    rates, complains = chance.random(), chance.random()
    later = [finished + _SOON + (_LATER - _SOON) * chance.random() for _ in range(2)]
    if rates < _RATES:
        yield RATES, later[0].replace(microsecond=0)
    if complains < (_COMPLAINS_WHEN_WRONGED if _wronged(snapshot) else _COMPLAINS):
        yield COMPLAINS, later[1].replace(microsecond=0)


def rated(dossier_id: int, at: datetime.datetime, chance: Random) -> bool:
    """Rate a dossier as its applicant; False where that is done or cannot be."""
    snapshot = read(reading(), dossier_id)
    if snapshot.applicant_id is None or standing(reading(), dossier_id) is not None:
        return False
    late = _wronged(snapshot)
    weights = _LET_DOWN if late else _CONTENT
    marks = {one.key: chance.choices(_POINTS, weights)[0] for one in criteria().criteria}
    comment = chance.choice(_WORDS[late]) if chance.random() < _SAYS else ""
    actor = actors.applicant(snapshot.applicant_id, "")
    rate(actor=actor, at=at, dossier_id=dossier_id, marks=marks, comment=comment, key=None)
    return True


def complained(one: Coming, at: datetime.datetime, chance: Random) -> tuple[Coming, bool] | None:
    """Complain about a dossier as its applicant; give the complaint, and whether it is new.

    None where none can be made. One that an earlier run has made is given as it is.
    """
    snapshot = read(reading(), one.dossier_id)
    tie = Tie.objects.filter(of_id=one.dossier_id, kind=Tie.Kind.COMPLAINT).order_by("pk").first()
    if tie is not None:
        return _of(one, tie.dossier_id), False
    if snapshot.applicant_id is None or not kinds():
        return None
    said = chance.choice(kinds()).declaration
    on = day_at(one.agency_id, at)
    filled = filing(said, one.agency_id, chance, on=on, channel="online")
    try:
        done = complain(
            actor=actors.applicant(snapshot.applicant_id, ""),
            at=at,
            dossier_id=one.dossier_id,
            complaint=Complaint(
                procedure=said.code, fields=filled.fields, evidence=filled.evidence
            ),
            key=None,
        )
    except NobodyFit:
        return None
    return _of(one, done.dossier_id), True


def _of(one: Coming, dossier_id: int) -> Coming:
    snapshot = read(reading(), dossier_id)
    return Coming(
        name=f"{one.name}:complaint",
        declaration=declared(snapshot.version_id),
        agency_id=snapshot.receiving_agency_id,
        channel=snapshot.channel,
        at=snapshot.filed_at,
        dossier_id=dossier_id,
        followed=True,  # nobody rates the answer, or complains about it, here
    )


def _wronged(snapshot: Snapshot) -> bool:
    return snapshot.now.bucket == "late" or snapshot.now.outcome == "refused"
