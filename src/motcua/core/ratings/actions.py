"""The act of rating: by the applicant when tracking, or on the tablet of the counter.

It appends to the dossier's chain and leaves its situation alone, so no page of it grows stale.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.dossiers import carrying
from motcua.core.dossiers.erased import refuse_erased
from motcua.core.dossiers.orders import MAX_TEXT, Done
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.situation import NotFound, Snapshot, read
from motcua.core.idempotency import keys
from motcua.core.ledger.commitments import commitment
from motcua.core.places import LAST, place, places
from motcua.core.procedures.queries import declared
from motcua.core.ratings.criteria import criteria
from motcua.core.ratings.models import Channel
from motcua.core.ratings.rules import NoResultYet, NotTheRater, check_change, checked
from motcua.core.sql import Sql, Tx, instant, reading
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

RATED = "rated"
MARKS, COMMENT = "ratings.marks", "ratings.comment"
"""What an entry commits to."""

_STANDING = Sql(
    "SELECT id, first_at FROM ratings_rating"
    " WHERE id BETWEEN %s AND %s AND replaced_seq IS NULL ORDER BY id DESC LIMIT 1"
)
_REPLACE = Sql("UPDATE ratings_rating SET replaced_seq = %s WHERE id = %s AND replaced_seq IS NULL")
_ADD = Sql(
    "INSERT INTO ratings_rating (id, agency_id, criteria, channel, first_at,"
    " given_at, recorded_at, salt, comment, comment_salt)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_ADD_MARK = Sql("INSERT INTO ratings_mark (rating_id, criterion, points) VALUES (%s, %s, %s)")


@dataclass(frozen=True, slots=True)
class _Given:
    """A rating on its way into the rows, with the salts of what the ledger commits to."""

    channel: Channel
    marks: dict[str, int]
    comment: str
    salt: bytes
    comment_salt: bytes
    earlier: int | None  # the id of the rating that it replaces
    first_at: datetime.datetime

    def binds(self) -> tuple[tuple[str, str], ...]:
        """Give what the ledger commits to."""
        marks = (MARKS, commitment(self.salt, self.marks))
        if not self.comment:
            return (marks,)
        return marks, (COMMENT, commitment(self.comment_salt, self.comment))


def rate(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    marks: Mapping[str, int],
    comment: str,
    key: str | None,
) -> Done:
    """Rate a dossier that has its result, or change what its applicant gave some days ago.

    `marks` are points by criterion. Raises `Invalid` with a fault per criterion, `NotTheRater`,
    `NoResultYet`, `RatedAlready`, `ChangeOver`.
    """
    body = {"dossier": dossier_id, "marks": dict(marks), "comment": comment}
    asked = None
    if key is not None:
        asked = keys.request(actor=actor.key, operation="rate", key=key, body=body)
    try:
        return carrying.attempts(lambda: _once(actor, at, dossier_id, marks, comment, asked))
    except Refused:
        first = carrying.repeated(asked)
        if first is None or not sees(reading(), actor, dossier_id):
            raise
        return first


def channel_of(actor: Actor, snapshot: Snapshot) -> Channel:
    """Tell where an actor rates a dossier; refuses who does not, and what has no result."""
    now = snapshot.now
    if actor.party_id is not None and actor.party_id == snapshot.applicant_id:
        if now.finished_at is None or now.outcome == "withdrawn":
            raise NoResultYet
        return Channel.ONLINE
    flow = declared(snapshot.version_id).flow
    if not actor.holds(snapshot.desk_agency_id, flow.step[flow.start].post):
        raise NotTheRater
    if now.finished_at is None or not now.closed or now.outcome == "withdrawn":
        raise NoResultYet
    return Channel.COUNTER


def standing(tx: Tx, dossier_id: int) -> tuple[int, datetime.datetime] | None:
    """Give the id of the rating that stands and when the dossier was first rated."""
    row = tx.one(_STANDING, *places(dossier_id))
    first_at = instant(row[1]) if row else None
    return (int(row[0]), first_at) if row and first_at else None


def _once(
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    marks: Mapping[str, int],
    comment: str,
    asked: keys.Request | None,
) -> Done:
    tx = reading()
    snapshot = read(tx, dossier_id)
    if not sees(tx, actor, dossier_id):
        raise NotFound
    refuse_erased(snapshot)
    channel = channel_of(actor, snapshot)
    before = standing(tx, dossier_id)
    check_change(
        before[1] if before else None,
        at,
        settings.MOTCUA_RATING_CHANGE_DAYS,
        counter=channel is Channel.COUNTER,
    )
    words = clean(comment, multiline=True, limit=MAX_TEXT)
    given = _Given(
        channel=channel,
        marks=checked(marks, criteria()),
        comment=words,
        salt=secrets.token_bytes(carrying.SALT_BYTES),
        comment_salt=secrets.token_bytes(carrying.SALT_BYTES) if words else b"",
        earlier=before[0] if before else None,
        first_at=before[1] if before else at,
    )
    return _carry_out(actor, at, snapshot, given, asked)


def _carry_out(
    actor: Actor,
    at: datetime.datetime,
    snapshot: Snapshot,
    given: _Given,
    asked: keys.Request | None,
) -> Done:
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
    )
    flow = plan.declaration.flow
    told = {
        "criteria": criteria().key,
        "agency": snapshot.receiving_agency_id,
        "channel": given.channel.value,
        "replaces": given.earlier & LAST if given.earlier is not None else None,
    }

    def also(tx: Tx, _plan: Plan) -> bool:
        if not _write(tx, plan, given):
            raise carrying.Overtaken
        return True

    what = carrying.Act(
        name=RATED,
        actor=actor,
        recorded=at,
        post=flow.step[flow.start].post if given.channel is Channel.COUNTER else None,
        binds=given.binds(),
        data=(("rating", told),),
        by_people=False,
        also=also,
    )
    return carrying.carry_out(plan, what, asked)


def _write(tx: Tx, plan: Plan, given: _Given) -> bool:
    """Write the rating and its marks; False where another act came first."""
    snapshot, seq = plan.snapshot, plan.snapshot.seq + 1
    if given.earlier is not None and not tx.run(_REPLACE, seq, given.earlier):
        return False
    row_id = place(snapshot.id, seq)
    written = tx.run(
        _ADD,
        row_id,
        snapshot.receiving_agency_id,
        criteria().key,
        given.channel.value,
        given.first_at,
        plan.at,
        plan.at,
        given.salt,
        given.comment,
        given.comment_salt,
    )
    if written:
        for criterion, points in given.marks.items():
            tx.run(_ADD_MARK, row_id, criterion, points)
    return bool(written)
