"""One open dossier passes to the heirs of the agencies that held it, were asked, or received it.

Code, due and promised day stay, and so does the clock: its stretch goes on by the calendar on which
it runs. Work that names an officer goes on naming them where they hold its post at the heir; else
it is offered to the post. The applicant is told once of each reform which agency goes on with the
dossier, or serves them from now on; whose opinion is asked is no affair of theirs.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

from motcua.core.access.actors import house
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.heirs import has_ended, heir_of
from motcua.core.agencies.queries import agency, holds_post
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import carrying
from motcua.core.dossiers.moving import last_act, not_before
from motcua.core.dossiers.notices import HELD_BY_HEIR, SERVED_BY_HEIR
from motcua.core.dossiers.orders import Done
from motcua.core.dossiers.plan import REFORM, REFORMED, Plan
from motcua.core.dossiers.situation import Item, Snapshot, read
from motcua.core.places import places
from motcua.core.procedures.queries import declared
from motcua.core.sql import Sql, Tx, reading
from motcua.kernel.errors import Refused

ACTOR = house("reform")
_BEFORE = Sql("SELECT body FROM ledger_entry WHERE id BETWEEN %s AND %s AND act = %s")
_RIGHT = Sql("SELECT 1 FROM access_scoperow WHERE dossier_id = %s AND scope = %s")


class NothingToTake(Refused):
    """The dossier is where it belongs, or has ended."""

    code = "reform.nothing_to_take"
    vi = "Hồ sơ đã kết thúc hoặc đã ở cơ quan kế thừa."
    en = "The dossier has ended, or is with the heir already."
    status = 409


def take_over(*, at: datetime.datetime, dossier_id: int, reform_id: int) -> Done:
    """Pass a dossier to its heirs. Raises `NothingToTake` where there is nothing to pass."""
    return carrying.attempts(lambda: _once(at, dossier_id, reform_id))


def _once(at: datetime.datetime, dossier_id: int, reform_id: int) -> Done:
    tx = reading()
    snapshot = read(tx, dossier_id)
    serves = _desk(tx, snapshot)
    moved = [item for item in snapshot.items if has_ended(item.agency_id)]
    if snapshot.now.closed or (not moved and serves is None):
        raise NothingToTake
    at = not_before(last_act(tx, snapshot), at)
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
    )
    for item in moved:
        plan.closes.append((item, REFORMED))
        plan.opens.append(_at_the_heir(snapshot, item, at))
    plan.now.holding_agency_id = _heir(snapshot, snapshot.now.holding_agency_id)
    plan.serves = serves
    heard = _tell(tx, plan, reform_id)
    told = (("reform", reform_id), ("serves", serves), ("told", heard))
    what = carrying.Act(name=REFORM, actor=ACTOR, recorded=at, data=told)
    return carrying.carry_out(plan, what, None)


def _tell(tx: Tx, plan: Plan, reform_id: int) -> str | None:
    """Let the applicant know both agencies, unless this reform told them; give what they are told.

    The entry tells it too, and so the chain says that nobody has to be told again.
    """
    snapshot = plan.snapshot
    holds = plan.now.holding_agency_id != snapshot.now.holding_agency_id
    if snapshot.applicant_id is None or not (holds or plan.serves is not None):
        return None
    for (body,) in tx.all(_BEFORE, *places(snapshot.id), REFORM):
        data = json.loads(body)["data"]
        if data["reform"] == reform_id and data.get("told"):
            return None
    topic = HELD_BY_HEIR if holds else SERVED_BY_HEIR
    plan.messages.append((f"party:{snapshot.applicant_id}", topic))
    return topic


def _heir(snapshot: Snapshot, agency_id: int) -> int:
    return heir_of(agency_id, snapshot.procedure_id, snapshot.area)


def _desk(tx: Tx, snapshot: Snapshot) -> int | None:
    """Give the heir that serves the applicant from now on and does not read the dossier yet."""
    desk = snapshot.desk_agency_id
    if desk == snapshot.receiving_agency_id:
        return None
    return None if tx.one(_RIGHT, snapshot.id, agency_scope(desk)) else desk


def _at_the_heir(snapshot: Snapshot, item: Item, at: datetime.datetime) -> Item:
    heir = agency(_heir(snapshot, item.agency_id))
    on = calendars[heir.calendar].local(at).date()
    named = item.officer_id
    if named is not None and not holds_post(named, heir.id, item.post, on):
        named = None
    return replace(item, id=0, agency_id=heir.id, officer_id=named, began_at=at)
