"""One running dossier goes over to a newer version of its procedure.

Work goes on with who has it and by the deadline it had; the clock keeps every segment of its past
and is measured by the legal limit of the new version from now on. A promised day stays: it stands
on paper.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.access.rows import reads, sees
from motcua.core.agencies.queries import agency, staffed
from motcua.core.clock.calendars import calendars
from motcua.core.clock.segments import clock_of
from motcua.core.dossiers import answers, carrying
from motcua.core.dossiers.erased import refuse_erased
from motcua.core.dossiers.expected import IDENTITY_COLUMNS, identity
from motcua.core.dossiers.indexing import write_indexed
from motcua.core.dossiers.moving import NobodyThere, last_act, not_before
from motcua.core.dossiers.orders import NO_LIMIT, Done
from motcua.core.dossiers.plan import MIGRATED, Plan, Wish, settle
from motcua.core.dossiers.rules import OwnDossier, Stale, concerns
from motcua.core.dossiers.situation import Item, NotFound, Snapshot, read
from motcua.core.idempotency import keys
from motcua.core.ledger.commitments import commitment
from motcua.core.ledger.models import Entry
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.fields import validate
from motcua.core.procedures.mapping import VersionMap, read_map
from motcua.core.procedures.models import PublishedMap
from motcua.core.procedures.queries import declared
from motcua.core.sql import Sql, Tx, still
from motcua.kernel.calendar import State as ClockState
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.definition import Marking
from motcua.kernel.flow.mapping import MIGRATE, mapped

_ROW = Sql(f"SELECT fields, {IDENTITY_COLUMNS} FROM dossiers_dossier WHERE id = %s")
_VERSION = 1  # among the columns of an identity
_WRITE = Sql("UPDATE dossiers_dossier SET version_id = %s, fields = %s WHERE id = %s")


class NoMap(Refused):
    """No map of this number leads anywhere."""

    code = "migrating.no_map"
    vi = "Chưa công bố bảng chuyển phiên bản này."
    en = "There is no such published map between versions."
    status = 404


class OtherVersion(Refused):
    """The map leads from another version than the dossier's."""

    code = "migrating.other_version"
    vi = "Hồ sơ không ở phiên bản mà bảng chuyển này bắt đầu; có thể đã chuyển rồi."
    en = "The dossier is not under the version that the map starts from; perhaps it went already."
    status = 409


class NotYoursToMigrate(Refused):
    """Heads take the dossiers of their agencies over."""

    code = "migrating.not_yours"
    vi = "Chỉ người đứng đầu cơ quan đang giữ hồ sơ được chuyển hồ sơ sang phiên bản mới."
    en = "Only a head of the agency that holds the dossier may take it to another version."
    status = 403


class AnswersDoNotFit(Refused):
    """The new version asks for what the dossier's form does not say."""

    code = "migrating.answers_do_not_fit"
    vi = "Nội dung đơn chưa hợp với phiên bản mới ở các mục: {fields}."
    en = "The form does not fit the new version at: {fields}."
    status = 409


@dataclass(frozen=True, slots=True)
class Chart:
    """A published map as acts use it."""

    map_id: int
    source_id: int
    target_id: int
    told: VersionMap


@dataclass(frozen=True, slots=True)
class Ready:
    """A dossier worked through a map, before anything is written."""

    plan: Plan
    values: dict[str, object]
    bound: tuple[tuple[str, str], ...]


def chart(map_id: int) -> Chart:
    """Give a published map; raises `NoMap`."""
    row = PublishedMap.objects.filter(pk=map_id).first()
    if row is None:
        raise NoMap
    return Chart(row.pk, row.source_id, row.target_id, read_map(row.text))


def migrate(
    *,
    actor: Actor,
    at: datetime.datetime,
    dossier_id: int,
    by: Chart,
    key: str | None,
    revision: int | None = None,
) -> Done:
    """Take a running dossier to the version that a map leads to.

    By a head of the agency that holds it or of one above, or by the house. Raises `OtherVersion`,
    `AnswersDoNotFit`, `NobodyThere`, and of the engine `Ended`, `Waiting` and `LegFallsAway`. A
    repeat under the same key gives the first answer to who may still see the dossier.
    """
    asked = None
    if key is not None:
        body = [dossier_id, by.map_id]
        asked = keys.request(actor=actor.key, operation=MIGRATE, key=key, body=body)
        first = carrying.answered(actor, asked, dossier_id)
        if first is not None:
            return first

    def once() -> Done:
        with still() as tx:  # of two moments, the answers could be the new version's already
            snapshot = read(tx, dossier_id)
            _may(tx, actor, snapshot)
            if revision is not None and revision != snapshot.revision:
                raise Stale
            then = not_before(last_act(tx, snapshot), at)
            ready = prepared(tx, snapshot, then, by)
        return _carry(ready, by, actor, asked)

    return carrying.attempts(once)


def prepared(tx: Tx, snapshot: Snapshot, at: datetime.datetime, by: Chart) -> Ready:
    """Work a dossier through a map, or refuse; nothing is written (a preview ends here)."""
    refuse_erased(snapshot)
    if snapshot.version_id != by.source_id:
        raise OtherVersion
    new = declared(by.target_id)
    marking = mapped(snapshot.now.marking, new.flow, by.told.flow)
    row = tx.one(_ROW, snapshot.id)
    assert row is not None
    values = _values(new, by.told.answers(answers.read(row[0])))
    own = [*row[1:]]
    own[_VERSION] = by.target_id
    bound = (
        ("identity", commitment(snapshot.salt, identity(own))),
        ("fields", commitment(snapshot.salt, values)),
    )
    after = replace(snapshot, version_id=by.target_id)
    return Ready(_plan(tx, after, new, marking, at), values, bound)


def charts_for(actor: Actor, snapshot: Snapshot) -> list[Chart]:
    """Give the published maps by which an actor may take a dossier over, the newest first."""
    if snapshot.now.closed or not heads(actor, snapshot.now.holding_agency_id):
        return []
    rows = PublishedMap.objects.filter(source_id=snapshot.version_id).order_by("-pk")
    return [Chart(row.pk, row.source_id, row.target_id, read_map(row.text)) for row in rows]


def chart_to(snapshot: Snapshot, number: int) -> Chart:
    """Give the map from a dossier's version to the one of this number, or refuse.

    Where the dossier is there already, the one by which it can have come: a repeat names the same.
    """
    rows = PublishedMap.objects.filter(
        target__procedure_id=snapshot.procedure_id, target__number=number
    )
    row = rows.filter(source_id=snapshot.version_id).first() or _followed(snapshot, rows)
    if row is None:
        raise NoMap
    return Chart(row.pk, row.source_id, row.target_id, read_map(row.text))


def _followed(snapshot: Snapshot, rows: QuerySet[PublishedMap]) -> PublishedMap | None:
    """Give the map that the dossier's last migration followed."""
    body = Entry.objects.of(snapshot.id).filter(act=MIGRATE).values_list("body", flat=True).last()
    return rows.filter(pk=json.loads(body)["data"]["map"]).first() if body else None


def _may(tx: Tx, actor: Actor, snapshot: Snapshot) -> None:
    if actor.is_house:
        return
    if not sees(tx, actor, snapshot.id):
        own = concerns(actor, snapshot) and reads(tx, actor, snapshot.id)
        raise OwnDossier if own else NotFound
    if not heads(actor, snapshot.now.holding_agency_id):
        raise NotYoursToMigrate


def _values(new: Declaration, told: dict[str, object]) -> dict[str, object]:
    try:
        return dict(validate(new, told))
    except Invalid as wrong:
        raise AnswersDoNotFit(fields=", ".join(sorted(wrong.problems))) from wrong


def _plan(
    tx: Tx, snapshot: Snapshot, new: Declaration, marking: Marking, at: datetime.datetime
) -> Plan:
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=new,
        move=None,
        wish=Wish(),
        clock=clock_of(tx, snapshot.id, new.limit or NO_LIMIT),
    )
    keys_now = {leg.number: leg.key for leg in marking.legs}
    for item in snapshot.items:
        step = marking.at if item.leg is None else keys_now[item.leg]
        post = new.flow.step[step].post if item.leg is None else new.flow.leg[step].post
        plan.closes.append((item, MIGRATED))
        plan.opens.append(_taken_on(item, step, post, at))
    settle(plan, marking)
    if plan.clock.state in {ClockState.RUNNING, ClockState.PAUSED}:
        plan.now.due_at = plan.clock.due(calendars)
    return plan


def _taken_on(item: Item, step: str, post: str, at: datetime.datetime) -> Item:
    """The work goes on where it is; where another post does it now, it is offered to that post."""
    goes_on = replace(item, id=0, step=step, post=post, began_at=at)
    if post == item.post:
        return goes_on
    holder = agency(item.agency_id)
    if item.agency_id not in staffed(post, calendars[holder.calendar].local(at).date()):
        raise NobodyThere(agency=holder.name_vi)
    return replace(goes_on, officer_id=None)


def _carry(ready: Ready, by: Chart, actor: Actor, asked: keys.Request | None) -> Done:
    plan = ready.plan

    def write(tx: Tx, planned: Plan) -> bool:
        snapshot, new = planned.snapshot, planned.declaration
        tx.run(_WRITE, by.target_id, answers.written(new, ready.values), snapshot.id)
        write_indexed(tx, snapshot.id, snapshot.procedure_id, new, ready.values, again=True)
        return True

    what = carrying.Act(
        name=MIGRATE,
        actor=actor,
        recorded=plan.at,
        post=actor.posts[0].post if actor.posts else None,
        binds=ready.bound,
        data=(("map", by.map_id), ("versions", [by.source_id, by.target_id])),
        also=write,
    )
    return carrying.carry_out(plan, what, asked)
