"""Filing: online a dossier waits for reception; at the counter it is received in the same act."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from motcua.core.access.actors import Actor
from motcua.core.access.rows import sees
from motcua.core.agencies.queries import Node, agency, receivers
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import answers, carrying, evidence, store, ties
from motcua.core.dossiers.expected import identity
from motcua.core.dossiers.indexing import write_indexed
from motcua.core.dossiers.orders import NO_LIMIT, Done, Filing
from motcua.core.dossiers.plan import Plan, Wish, work_in
from motcua.core.dossiers.rules import OwnDossier, Role, receiving_as
from motcua.core.dossiers.situation import NORMAL, NotFound, Situation, Snapshot
from motcua.core.idempotency import keys
from motcua.core.ledger.append import Origin
from motcua.core.ledger.commitments import commitment
from motcua.core.people import parties
from motcua.core.people.interests import is_stated
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.fields import validate
from motcua.core.procedures.queries import Current, current
from motcua.core.sql import Tx, reading
from motcua.kernel.calendar import Clock
from motcua.kernel.codes import make_lookup
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.definition import Move
from motcua.kernel.flow.engine import Order, apply, start
from motcua.kernel.vietnamese import clean

MAX_AREA = 30
FROM_DOSSIER, BY_SCHEDULE = "dossier", "schedule"
"""The channels of what hangs on another dossier, and of what the house opens by itself."""


class NotThisWay(Refused):
    """The procedure cannot be filed through this channel."""

    code = "dossiers.channel_closed"
    vi = "Thủ tục này không nhận hồ sơ qua kênh {channel}."
    en = "This procedure takes no dossiers through the channel {channel}."


class NotYourCounter(Refused):
    """Only the counter of the receiving agency takes papers in."""

    code = "dossiers.not_your_counter"
    vi = "Bạn không giữ vị trí tiếp nhận ở {agency}."
    en = "You do not hold the reception post at {agency}."
    status = 403


class NotReceivedThere(Refused):
    """The agency does not receive this procedure."""

    code = "dossiers.not_received_there"
    vi = "{agency} không tiếp nhận thủ tục này."
    en = "{agency} does not receive this procedure."


@dataclass(frozen=True, slots=True)
class _Draft:
    """A filing that passed every check."""

    filing: Filing
    version: Current
    applicant: parties.Applicant
    values: Mapping[str, object]
    area: str
    role: Role | None = None
    hanging: ties.Hanging | None = None

    @property
    def post(self) -> str | None:
        """The post of whoever files, where it is no applicant."""
        if self.hanging is not None:
            return self.hanging.post
        return self.role.post if self.role is not None else None


def file(
    *,
    actor: Actor,
    at: datetime.datetime,
    filing: Filing,
    key: str | None,
    take_in: bool = False,
    origin: Origin = "live",
    hanging: ties.Hanging | None = None,
) -> Done:
    """File a dossier; with `take_in` the counter receives it in the same act.

    One that hangs on another dossier says so; who may hang it there, its caller has checked. Gives
    the look-up number, and the code when it was received. A repeat under the same key gives the
    first answer. Raises `Invalid` with every fault of the form at once.
    """
    asked = None
    if key is not None:
        body = {**filing.told(), "take_in": take_in}
        if hanging is not None:
            body["of"] = [hanging.of, hanging.kind, hanging.key]
        asked = keys.request(actor=actor.key, operation="file", key=key, body=body)
        first = carrying.repeated(asked)
        if first is not None:
            by_officer = hanging is None and _at_counter(actor, filing, take_in=take_in)
            return _answered(actor, first, by_officer=by_officer)
    draft = _checked(actor, filing, at, take_in=take_in, hanging=hanging)
    return carrying.attempts(lambda: _once(actor, at, draft, asked, take_in=take_in, origin=origin))


def _answered(actor: Actor, first: Done, *, by_officer: bool) -> Done:
    """Give the first answer again; an officer must still see it, the public knew it by its key."""
    if by_officer and not sees(reading(), actor, first.dossier_id):
        raise NotFound
    return first


def _at_counter(actor: Actor, filing: Filing, *, take_in: bool) -> bool:
    """Tell whether a counter files: neither an applicant nor, by schedule, the house itself."""
    by_house = actor.is_house and filing.channel == BY_SCHEDULE
    return take_in or not (by_house or filing.channel == "online")


def _checked(
    actor: Actor,
    filing: Filing,
    at: datetime.datetime,
    *,
    take_in: bool,
    hanging: ties.Hanging | None,
) -> _Draft:
    version = current(filing.procedure)
    declaration = version.declaration
    receiver = agency(filing.agency_id)
    _through(filing, declaration, hangs=hanging is not None)
    at_counter = hanging is None and _at_counter(actor, filing, take_in=take_in)
    role = _receiving(actor, filing, version) if at_counter else None
    on = calendars[receiver.calendar].local(at).date()
    if receiver.id not in {node.id for node in receivers_of(declaration, on)}:
        raise NotReceivedThere(agency=receiver.name_vi)
    problems: dict[str, Refused] = {}
    applicant = _tried(problems, lambda: parties.stated(filing.applicant, on=on))
    values = _tried(problems, lambda: validate(declaration, filing.fields, on=on))
    area = _tried(problems, lambda: _area(filing.area))
    problems |= evidence.faults(declaration, filing.evidence, complete=True)
    if problems or applicant is None or values is None or area is None:
        raise Invalid(problems)
    by_officer = actor.officer_id is not None and _at_counter(actor, filing, take_in=take_in)
    if by_officer and any(is_stated(one, applicant) for one in _hands(actor, role)):
        raise OwnDossier
    return _Draft(filing, version, applicant, values, area, role, hanging)


def _hands(actor: Actor, role: Role | None) -> Iterator[int]:
    """Give whose hands take papers in: the officer's, and of whom they stand in for."""
    if actor.officer_id is not None:
        yield actor.officer_id
    if role is not None and role.lent is not None:
        yield role.lent.giver_id


def _area(text: str) -> str:
    try:
        return clean(text, limit=MAX_AREA)
    except Refused as refusal:
        raise Invalid({"area": refusal}) from refusal


def receivers_of(declaration: Declaration, on: datetime.date) -> tuple[Node, ...]:
    """Give the agencies with which a procedure can be filed on a day."""
    post = _reception_post(declaration)
    return receivers(declaration.code, tiers=declaration.tiers, post=post, on=on)


def _reception_post(declaration: Declaration) -> str:
    return declaration.flow.step[declaration.flow.start].post


def _through(filing: Filing, declaration: Declaration, *, hangs: bool) -> None:
    channel = "public" if filing.channel == "online" else filing.channel
    if channel not in declaration.channels or hangs is not (channel == FROM_DOSSIER):
        raise NotThisWay(channel=filing.channel)


def _receiving(actor: Actor, filing: Filing, version: Current) -> Role:
    move, post = reception(version.declaration), _reception_post(version.declaration)
    role = receiving_as(actor, filing.agency_id, version.procedure_id, move, post)
    if role is None:
        raise NotYourCounter(agency=agency(filing.agency_id).name_vi)
    return role


def _once(
    actor: Actor,
    at: datetime.datetime,
    draft: _Draft,
    asked: keys.Request | None,
    *,
    take_in: bool,
    origin: Origin,
) -> Done:
    snapshot = _blank(draft, at, origin)
    declaration = draft.version.declaration
    marking, effects = start(declaration.flow)
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declaration,
        move=None,
        wish=Wish(),
        clock=Clock(declaration.limit or NO_LIMIT),
    )
    work_in(plan, marking, effects)
    name = "file"
    if take_in:
        move = reception(declaration)
        plan.move = move
        marking, effects = apply(declaration.flow, marking, Order(move.key))
        work_in(plan, marking, effects)
        name = "take_in"
    binds = (
        ("fields", commitment(snapshot.salt, draft.values)),
        ("applicant", commitment(snapshot.salt, draft.applicant.committed())),
        ("identity", commitment(snapshot.salt, identity(_identity(draft, snapshot)))),
    )
    what = carrying.Act(
        name=name,
        actor=actor,
        recorded=at,
        post=draft.post,
        evidence=draft.filing.evidence,
        applicant=(draft.applicant.kind, draft.applicant.name),
        binds=binds,
        data=(
            ("channel", draft.filing.channel),
            ("receiving", draft.filing.agency_id),
            *(draft.hanging.told() if draft.hanging else ()),
            *(draft.role.told if draft.role else ()),
        ),
    )
    return carrying.carry_out(
        plan, what, asked, create=lambda tx, planned: _create(tx, planned, draft)
    )


def reception(declaration: Declaration) -> Move:
    """Give the move by which the counter receives a dossier that was just filed."""
    flow = declaration.flow
    return next(move for move in flow.moves if move.gives_code and flow.start in move.sources)


def _blank(draft: _Draft, at: datetime.datetime, origin: Origin) -> Snapshot:
    flow = draft.version.declaration.flow
    marking, _ = start(flow)
    receiving = draft.filing.agency_id
    now = Situation(flow.step[flow.start].state, flow.start, marking, receiving)
    return Snapshot(
        id=0,
        lookup=make_lookup(secrets.token_bytes(16)),
        version_id=draft.version.version_id,
        procedure_id=draft.version.procedure_id,
        receiving_agency_id=receiving,
        channel=draft.filing.channel,
        applicant_id=None,
        filed_at=at,
        origin=origin,
        subject=draft.version.declaration.short.vi,
        salt=secrets.token_bytes(carrying.SALT_BYTES),
        revision=0,
        seq=0,
        head=b"",
        grade=NORMAL,
        area=draft.area,
        now=now,
        items=(),
    )


def _identity(draft: _Draft, snapshot: Snapshot) -> tuple[object, ...]:
    return (
        snapshot.lookup,
        snapshot.version_id,
        snapshot.procedure_id,
        draft.version.declaration.system,
        snapshot.receiving_agency_id,
        draft.area,
        snapshot.channel,
        snapshot.subject,
        snapshot.filed_at,
        snapshot.origin,
        "",
        "",
        0,
        NORMAL,
    )


def _create(tx: Tx, plan: Plan, draft: _Draft) -> int:
    snapshot, declaration = plan.snapshot, draft.version.declaration
    if draft.hanging is not None:
        ties.check_free(tx, draft.hanging, snapshot.procedure_id)
    party_id = parties.add(tx, draft.applicant, sample=snapshot.origin == "sample")
    plan.owned_by(party_id)
    fixed = (
        snapshot.lookup,
        snapshot.version_id,
        snapshot.procedure_id,
        declaration.system,
        snapshot.receiving_agency_id,
        draft.area,
        snapshot.channel,
        party_id,
        snapshot.subject,
        answers.written(declaration, draft.values),
        snapshot.salt,
        snapshot.filed_at,
        snapshot.origin,
        "",
        "",
    )
    dossier_id = store.insert(tx, plan, fixed)
    if dossier_id is None:
        raise carrying.Overtaken  # by the dossier that has the number: another is drawn
    write_indexed(tx, dossier_id, snapshot.procedure_id, declaration, draft.values)
    if draft.hanging is not None:
        ties.write(tx, draft.hanging, dossier_id=dossier_id, party_id=party_id)
    return dossier_id


_Checked = TypeVar("_Checked")


def _tried(problems: dict[str, Refused], check: Callable[[], _Checked]) -> _Checked | None:
    """Give what a check gives, or collect its faults beside those of the others."""
    try:
        return check()
    except Invalid as invalid:
        problems.update(invalid.problems)
        return None
