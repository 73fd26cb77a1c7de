"""Entering a change of a calendar, deciding it, undoing it before its day: acts of the house."""

from __future__ import annotations

import datetime
import json

from motcua.core.access.actors import Actor
from motcua.core.access.heads import heads
from motcua.core.agencies.queries import tree
from motcua.core.clock.calendars import build, calendars
from motcua.core.clock.models import CalendarChange, CalendarDay, WorkCalendar
from motcua.core.dossiers.house import digest_of
from motcua.core.idempotency.asked import Asked
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.redating import faults
from motcua.core.redating.reading import read_change, written
from motcua.core.redating.rules import OFF, Order, nothing_changes
from motcua.core.sql import act
from motcua.kernel.calendar import Calendar, UnknownCalendar
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.vietnamese import format_date

JOB, LOOK = "redating.run", "redating.preview"
PROPOSE, DECIDE, UNDO = "propose_calendar", "decide_calendar", "undo_calendar"
State = CalendarChange.State


def propose(
    *, actor: Actor, at: datetime.datetime, order: Order, key: str | None = None
) -> CalendarChange:
    """Keep a change that nothing forbids; a job works out what it would move.

    The same change again gives the one that is kept. Raises `Invalid` with every fault at once,
    `UnknownCalendar`, `NotYourCalendar` and `KeyReused`.
    """
    text = written(order)
    with act() as tx:
        take_house(tx)
        row = WorkCalendar.objects.filter(key=order.calendar).first()
        if row is None:
            raise UnknownCalendar(calendar=order.calendar)
        may_enter(actor, order.calendar)
        asked = Asked(tx, actor.key, PROPOSE, key, text, of="change")
        first = asked.before()
        if first is not None:
            return change_of(first)
        known = CalendarChange.objects.filter(text=text).exclude(state=State.UNDONE).first()
        if known is not None:
            return known
        refuse(faults_of(order, row, at))
        change = CalendarChange.objects.create(
            calendar=row, on=order.on, document=order.document, text=text, proposed_at=at
        )
        data: dict[str, object] = {
            "change": change.pk,
            "calendar": order.calendar,
            "on": order.on.isoformat(),
            "digest": digest_of(text),
        }
        append_to_house(tx, act=PROPOSE, at=at, actor=actor.key, data=data)
        asked.done(at)
        enqueue(tx, LOOK, {"change": change.pk}, at=at)
    return change


def look_again(*, actor: Actor, at: datetime.datetime, change_id: int) -> None:
    """Have the preview of a change worked out again. Raises `NoSuchChange`, `NotYourCalendar`."""
    change = change_of(change_id)
    may_enter(actor, change.calendar.key)
    with act() as tx:
        enqueue(tx, LOOK, {"change": change.pk}, at=at)


def decide(
    *, actor: Actor, at: datetime.datetime, change_id: int, key: str | None = None
) -> CalendarChange:
    """Decide a change whose preview was made by the calendar of now; it is in force on its day.

    Deciding again changes nothing. Raises `NoSuchChange`, `NotYoursToDecide`, `NotOpen`,
    `PreviewOld`, `KeyReused`, and `Invalid` with every fault that has come up since it was entered.
    """
    with act() as tx:
        take_house(tx)
        change = change_of(change_id)
        order = read_change(change.text)
        may_decide(actor, order.calendar)
        asked = Asked(tx, actor.key, DECIDE, key, change_id, of="change")
        if asked.before() is not None:
            return change
        if change.state in {State.DECIDED, State.IN_FORCE, State.DONE}:
            return change
        if change.state != State.PROPOSED:
            raise faults.NotOpen
        refuse(faults_of(order, change.calendar, at))
        if not is_fresh(change):
            raise faults.PreviewOld
        change.state, change.decided_at = State.DECIDED, at
        change.save(update_fields=["state", "decided_at"])
        seen = {"change": change.pk, "preview": digest_of(change.preview)}
        append_to_house(tx, act=DECIDE, at=at, actor=actor.key, data=seen)
        asked.done(at)
        dawn = dawn_of(order)
        enqueue(tx, JOB, {"change": change.pk}, at=at, run_at=max(at, dawn))
    return change


def undo(
    *, actor: Actor, at: datetime.datetime, change_id: int, key: str | None = None
) -> CalendarChange:
    """Take a change back before it is in force; nothing of it was, so nothing has to be restored.

    Who entered it may before it is decided, afterwards a head. Undoing again changes nothing.
    Raises `NoSuchChange`, `NotYourCalendar`, `NotYoursToDecide`, `AlreadyInForce` and `KeyReused`.
    """
    with act() as tx:
        take_house(tx)
        change = change_of(change_id)
        calendar = change.calendar.key
        (may_enter if change.state == State.PROPOSED else may_decide)(actor, calendar)
        asked = Asked(tx, actor.key, UNDO, key, change_id, of="change")
        if asked.before() is not None or change.state == State.UNDONE:
            return change
        if change.state not in {State.PROPOSED, State.DECIDED}:
            raise faults.AlreadyInForce
        change.state, change.ended_at = State.UNDONE, at
        change.save(update_fields=["state", "ended_at"])
        append_to_house(tx, act=UNDO, at=at, actor=actor.key, data={"change": change.pk})
        asked.done(at)
    return change


def faults_of(order: Order, row: WorkCalendar, at: datetime.datetime) -> list[Refused]:
    """Give all that forbids a change at an instant."""
    found: list[Refused] = []
    if not order.document:
        found.append(faults.DocumentNotNamed())
    if not order.days:
        found.append(faults.NoDays())
    if order.on < at.astimezone(calendars[row.key].tzinfo).date():
        found.append(faults.DayGone(on=format_date(order.on)))
    if any(one.kind == OFF and not one.vi for one in order.days):
        found.append(faults.NameMissing())
    days = [one.day for one in order.days]
    twice = sorted({day for day in days if days.count(day) > 1})
    found += [faults.DayNamedTwice(day=format_date(day)) for day in twice]
    beyond = [day for day in days if not row.first_year <= day.year <= row.last_year]
    span = {"first": row.first_year, "last": row.last_year}
    found += [faults.BeyondCalendar(day=format_date(day), **span) for day in beyond]
    if beyond or twice:
        return found
    same = nothing_changes(build(row), order)
    return found + [faults.AlreadySo(day=format_date(one.day)) for one in same]


def changed(change: CalendarChange) -> Calendar:
    """Lay the calendar out as it would be with a change that is not in force."""
    return build(change.calendar, more=rows_of(change, change.calendar.revision + 1))


def rows_of(change: CalendarChange, revision: int) -> list[CalendarDay]:
    """Give the rows of a calendar that a change adds."""
    order = read_change(change.text)
    return [
        CalendarDay(
            calendar=change.calendar,
            day=one.day,
            kind=one.kind,
            name_vi=one.vi,
            name_en=one.en,
            legal_ref=order.document,
            revision=revision,
        )
        for one in order.days
    ]


def change_of(number: int) -> CalendarChange:
    """Give a change by its number; raises `NoSuchChange`."""
    row = CalendarChange.objects.select_related("calendar").filter(pk=number).first()
    if row is None:
        raise faults.NoSuchChange
    return row


def is_fresh(change: CalendarChange) -> bool:
    """Tell whether what was shown of a change was worked out by the calendar of now."""
    if not change.preview:
        return False
    return bool(json.loads(change.preview)["revision"] == change.calendar.revision)


def refuse(found: list[Refused]) -> None:
    """Refuse with every fault at once."""
    if found:
        raise Invalid({f"{number}": one for number, one in enumerate(found, start=1)})


def above_all(calendar: str) -> tuple[int, ...]:
    """Give the agencies that stand above every one that works by a calendar, or are it.

    Agencies of other administrations, as a ministry's police, work by it too and have no say.
    """
    known = tree()
    users = [n for n in known.nodes.values() if n.calendar == calendar and n.valid_to is None]
    own = [one for one in users if not known.stands_alone(one.id)] or users
    chains = [known.chain(one.id) for one in own]
    return tuple(one for one in chains[0] if all(one in c for c in chains)) if chains else ()


def enters(actor: Actor, calendar: str) -> bool:
    """Tell whether an actor may enter changes of a calendar: by a post above all who use it."""
    above = above_all(calendar)
    return actor.is_house or any(held.agency_id in above for held in actor.posts)


def decides(actor: Actor, calendar: str) -> bool:
    """Tell whether an actor may decide changes of a calendar."""
    return actor.is_house or any(heads(actor, one) for one in above_all(calendar))


def may_enter(actor: Actor, calendar: str) -> None:
    """Refuse who may not enter changes."""
    if not enters(actor, calendar):
        raise faults.NotYourCalendar


def may_decide(actor: Actor, calendar: str) -> None:
    """Refuse who may not decide changes."""
    if not decides(actor, calendar):
        raise faults.NotYoursToDecide


def dawn_of(order: Order) -> datetime.datetime:
    """Give the first instant of the day from which dates are counted anew."""
    zone = calendars[order.calendar].tzinfo
    return datetime.datetime.combine(order.on, datetime.time(), tzinfo=zone)
