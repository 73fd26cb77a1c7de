"""What can be complained with, by whom, and who handled the dossier that it is about."""

from __future__ import annotations

import datetime
import json

from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import officers_of, tree
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.queries import declaration_of
from motcua.core.dossiers.situation import Snapshot
from motcua.core.ledger.models import Entry
from motcua.core.places import places
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import Current, published
from motcua.core.sql import Sql, Tx
from motcua.kernel.errors import Refused

_WORKED = Sql(
    "SELECT officer_id, ended_by_id FROM dossiers_workitem WHERE id BETWEEN %s AND %s ORDER BY id"
)
_OFFICER = "officer:"


class NobodyFit(Refused):
    """Everybody who could answer had a hand in the dossier."""

    code = "complaints.nobody_fit"
    vi = (
        "Mọi người có thẩm quyền trả lời ở cơ quan này và các cơ quan cấp trên đều đã tham gia giải"
        " quyết hồ sơ. Hãy gửi đơn trực tiếp tới cơ quan thanh tra."
    )
    en = (
        "Everybody who could answer, here and in the agencies above, had a hand in the dossier."
        " Please send your complaint to the inspectorate."
    )
    status = 409


def kinds() -> tuple[Current, ...]:
    """Give the published procedures by which one complains."""
    return tuple(one for one in published() if one.declaration.complaint)


def post_for(actor: Actor, snapshot: Snapshot) -> str | None:
    """Give the post in which an officer writes a complaint down for an applicant who came.

    The counters are those that receive such dossiers, at the agency that received this one.
    """
    flow = declaration_of(snapshot).flow
    post = flow.step[flow.start].post
    return post if actor.holds(snapshot.desk_agency_id, post) else None


def may_complain(actor: Actor, snapshot: Snapshot) -> bool:
    """Tell whether an actor may complain about a dossier, or write that down for its applicant."""
    if snapshot.applicant_id is None:
        return False
    return actor.party_id == snapshot.applicant_id or post_for(actor, snapshot) is not None


def handlers(tx: Tx, dossier_id: int) -> frozenset[int]:
    """Give every officer who was given work of a dossier, or acted on it."""
    worked = {one for row in tx.all(_WORKED, *places(dossier_id)) for one in row if one is not None}
    bodies = Entry.objects.of(dossier_id).values_list("body", flat=True)
    actors = {str(json.loads(body)["actor"]) for body in bodies}
    acted = {int(one.removeprefix(_OFFICER)) for one in actors if one.startswith(_OFFICER)}
    return frozenset(worked | acted)


def answering(
    snapshot: Snapshot, declaration: Declaration, kept_away: frozenset[int], at: datetime.datetime
) -> int:
    """Give the agency that answers: the nearest one, upwards from where the dossier is or ended,
    in which somebody holds the post of the first step and had no hand in the dossier.

    Raises `NobodyFit`.
    """
    post = declaration.flow.step[declaration.flow.start].post
    for agency_id in tree().chain(snapshot.now.holding_agency_id):
        node = tree().nodes[agency_id]
        on = calendars[node.calendar].local(at).date()
        held = {officer_id for officer_id, _name in officers_of(agency_id, post, on)}
        if node.lives(on) and held - kept_away:
            return agency_id
    raise NobodyFit
