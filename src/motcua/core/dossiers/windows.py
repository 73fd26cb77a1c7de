"""Answer windows: the house reminds an applicant who was asked for more, then returns the dossier.

A dossier that waits says itself when the house looks at it next (`wake_at`), so nothing is lost
with a job or a worker: whoever comes first at that time does it, and the conditional update of the
dossier lets one of them win. An answer that comes in before the house has acted is taken.
"""

from __future__ import annotations

import datetime
import logging

from motcua.core.access.actors import house
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers import carrying
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.notices import notice
from motcua.core.dossiers.orders import Done, MoveOrder
from motcua.core.dossiers.plan import Plan
from motcua.core.dossiers.situation import Snapshot, read
from motcua.core.exchange.outbox import put
from motcua.core.ledger.models import Entry
from motcua.core.procedures.declaration import WindowRule
from motcua.core.procedures.queries import declared
from motcua.core.sql import Sql, Tx, reading
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_moment

log = logging.getLogger(__name__)

JOB = "windows"
REMIND = "remind"
REMINDER = "answer_reminder"
_PAGE = 200
_TO_WAKE = Sql(
    "SELECT id FROM dossiers_dossier WHERE wake_at IS NOT NULL AND wake_at <= %s AND id > %s"
    " ORDER BY id LIMIT %s"
)
_REASON = "Hết thời hạn bổ sung ({moment}) mà chưa nhận được giấy tờ yêu cầu bổ sung."


def wake_all(*, at: datetime.datetime) -> int:
    """Remind or return every dossier whose time has come; give how many were."""
    after, woken = -1, 0
    while found := reading().all(_TO_WAKE, at, after, _PAGE):
        for (dossier_id,) in found:
            woken += _woken(int(dossier_id), at)
        after = int(found[-1][0])
    return woken


def wake(*, at: datetime.datetime, dossier_id: int) -> Done | None:
    """Do what the time asks for with one dossier; None where somebody was first.

    Raises what the move refuses.
    """
    snapshot = read(reading(), dossier_id)
    now = snapshot.now
    if now.wake_at is None or now.wake_at > at or now.answer_by is None:
        return None
    if now.answer_by > at:
        return carrying.attempts(lambda: _remind(dossier_id, at))
    return _return(snapshot, now.answer_by, at)


def _woken(dossier_id: int, at: datetime.datetime) -> bool:
    """Wake one; what one dossier refuses holds up no other."""
    try:
        return wake(at=at, dossier_id=dossier_id) is not None
    except Refused as refusal:
        log.warning("dossier %s: %s", dossier_id, refusal.text("en"))
        return False


def _return(snapshot: Snapshot, answer_by: datetime.datetime, at: datetime.datetime) -> Done | None:
    window = _window(snapshot)
    if window is None:
        return None
    local = calendars[agency(snapshot.receiving_agency_id).calendar].local(answer_by)
    order = MoveOrder(move=window.then, reason=_REASON.format(moment=format_moment(local, "vi")))
    return move(actor=house(JOB), at=at, dossier_id=snapshot.id, order=order, key=None)


def _window(snapshot: Snapshot) -> WindowRule | None:
    """Give the window that the last request opened."""
    declaration = declared(snapshot.version_id)
    asked = Entry.objects.of(snapshot.id).filter(act__in=[one.key for one in declaration.windows])
    last = asked.values_list("act", flat=True).last()
    return declaration.window(last) if last is not None else None


def _remind(dossier_id: int, at: datetime.datetime) -> Done:
    """Put the reminder in the outbox and note in the chain that it went out."""
    snapshot = read(reading(), dossier_id)
    plan = Plan(
        at=at,
        snapshot=snapshot,
        declaration=declared(snapshot.version_id),
    )
    due = snapshot.now.wake_at is not None and snapshot.now.wake_at <= at
    plan.now.wake_at = plan.now.answer_by

    def send(tx: Tx, planned: Plan) -> bool:
        if not due or planned.snapshot.applicant_id is None:
            return due
        put(
            tx,
            receiver=f"party:{planned.snapshot.applicant_id}",
            channel="notice",
            topic=REMINDER,
            payload=notice(planned, REMINDER),
            dossier=dossier_id,
            at=at,
        )
        return True

    what = carrying.Act(name=REMIND, actor=house(JOB), recorded=at, by_people=False, also=send)
    return carrying.carry_out(plan, what, None)
