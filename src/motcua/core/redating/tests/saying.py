"""Announcing days off in tests: who enters, who decides, what a naive replay gives."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from motcua.core.clock.calendars import build
from motcua.core.clock.models import CalendarChange, WorkCalendar
from motcua.core.clock.segments import clock_of
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.tests.world import MONDAY, World, add_officer
from motcua.core.procedures.queries import declared
from motcua.core.redating import deciding
from motcua.core.redating.preview import show
from motcua.core.redating.rules import Order, days_of
from motcua.core.redating.whole import Report, run
from motcua.core.sql import reading

TUESDAY = MONDAY + datetime.timedelta(days=1)


@dataclass
class Announced:
    """A city whose clerk enters days and whose chairman decides them."""

    world: World
    day: datetime.date

    def __post_init__(self) -> None:
        self.head = add_officer("chairman", self.world.city, "unit_head")
        self.clerk = add_officer("clerk", self.world.city, "specialist")

    def order(self, *, off=None, work=(), on=None, document="Thông báo 12/TB") -> Order:
        """Give a change: the day is off unless told otherwise."""
        days = days_of([self.day] if off is None else off, work, vi="Nghỉ bão", en="Storm")
        return Order("national", on or TUESDAY.date(), document, days)

    def propose(self, **changes) -> CalendarChange:
        """Enter a change and work its preview out."""
        row = deciding.propose(actor=self.clerk, at=TUESDAY, order=self.order(**changes))
        return show(at=TUESDAY, change_id=row.pk)

    def decide(self, **changes) -> CalendarChange:
        """Enter and decide it."""
        row = self.propose(**changes)
        return deciding.decide(actor=self.head, at=TUESDAY, change_id=row.pk)

    def carry_out(self, *, page: int = 3, **changes) -> Report:
        """Enter, decide and carry it out."""
        return self.run(self.decide(**changes), page=page)

    def run(self, change: CalendarChange, *, page: int = 3) -> Report:
        """Carry a decided change out."""
        return run(clock=lambda: TUESDAY, change_id=change.pk, page=page)


def naive_due(dossier: Dossier) -> datetime.datetime | None:
    """Count the date of a dossier from its segments alone, by the calendar as it is stored."""
    limit = declared(dossier.version_id).limit
    calendar = build(WorkCalendar.objects.get(key="national"))
    return clock_of(reading(), dossier.pk, limit).due({"national": calendar})


def naive_work(item: WorkItem, since: datetime.datetime) -> datetime.datetime:
    """Count the date of a step from when it was given, by the calendar as it is stored."""
    calendar = build(WorkCalendar.objects.get(key="national"))
    step = declared(item.dossier.version_id).flow.step[item.step]
    return calendar.due(since, step.minutes)


def dates() -> list[tuple[object, ...]]:
    """Give every date that hangs on a due date."""
    own = Dossier.objects.order_by("pk").values_list("pk", "due_at", "promised_at", "redated")
    work = WorkItem.objects.order_by("pk").values_list("pk", "due_at")
    return [*own, *work]
