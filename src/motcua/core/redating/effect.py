"""A change comes into force: its days enter the calendar, and every new date is counted by them.

What is open already gets its new dates batch by batch (`whole`).
"""

from __future__ import annotations

import datetime

from motcua.core.access.actors import house
from motcua.core.clock.calendars import calendars
from motcua.core.clock.models import CalendarChange, CalendarDay, WorkCalendar
from motcua.core.dossiers.house import digest_of
from motcua.core.ledger.append import HOUSE, append_to_house, take_house
from motcua.core.ledger.models import Entry
from motcua.core.redating import faults
from motcua.core.redating.deciding import State, change_of, dawn_of, rows_of
from motcua.core.redating.laid_out import layout
from motcua.core.redating.reading import read_change
from motcua.core.sql import act

ACTOR = house("redating").key
IN_FORCE = "calendar_in_force"


def come_into_force(*, at: datetime.datetime, change_id: int) -> CalendarChange:
    """Bring a decided change into force on its day; one that is, or was undone, stays as it is.

    Raises `NoSuchChange` and `NotItsDay`.
    """
    with act() as tx:
        take_house(tx)
        change = change_of(change_id)
        if change.state in {State.UNDONE, State.IN_FORCE, State.DONE}:
            return change
        order = read_change(change.text)
        if change.state != State.DECIDED or at < dawn_of(order):
            raise faults.NotItsDay(on=f"{order.on:%d/%m/%Y}")
        row = WorkCalendar.objects.select_for_update().get(pk=change.calendar_id)
        revision = row.revision + 1
        CalendarDay.objects.bulk_create(rows_of(change, revision))
        WorkCalendar.objects.filter(pk=row.pk).update(revision=revision)
        change.state, change.in_force_at, change.revision = State.IN_FORCE, at, revision
        change.save(update_fields=["state", "in_force_at", "revision"])
        data: dict[str, object] = {
            "change": change.pk,
            "calendar": row.key,
            "revision": revision,
            "layout": digest_of(layout(row)),
        }
        append_to_house(tx, act=IN_FORCE, at=at, actor=ACTOR, data=data)
    calendars.forget()
    return change


def last_in_force() -> int:
    """Give the number of the house's entry by which the calendars last changed; 0 before any."""
    rows = Entry.objects.of(HOUSE).filter(act=IN_FORCE)
    return rows.values_list("seq", flat=True).last() or 0
