"""All open dossiers get the dates of a changed calendar: many a commit, one entry a batch.

A process that is killed leaves whole batches. A date that is counted already is not moved again,
so a second run takes what is left, and one too many does nothing.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import F

from motcua.core.clock.calendars import calendars
from motcua.core.clock.models import CalendarChange
from motcua.core.jobs.queue import enqueue
from motcua.core.ledger.append import append_to_house, take_house
from motcua.core.redating.deciding import State, change_of
from motcua.core.redating.effect import ACTOR, come_into_force, last_in_force
from motcua.core.redating.finding import PAGE, WIDE_PAGE, pages_ahead
from motcua.core.redating.writing import write
from motcua.core.sql import act, reading, roomy
from motcua.kernel.errors import Refused

SWEEP = "redating.sweep"
DONE = "calendar_done"
LISTED = 100
_LOOKS = 8
"""How often one run goes over what somebody was faster with."""

# Another process may count by the calendar of five seconds ago, so a run is followed by a look.
_LOOK_AGAIN = datetime.timedelta(minutes=1)

Instant = Callable[[], datetime.datetime]


@dataclass(slots=True)
class Report:
    """What a run did: dossiers looked at and moved, and what could not be counted."""

    looked: int = 0
    moved: int = 0
    overtaken: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    listed: list[tuple[int, Refused]] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """Give the report as plain values for JSON."""
        return {
            "looked": self.looked,
            "moved": self.moved,
            "refused": self.refused.total(),
            "refusals": dict(sorted(self.refused.items())),
        }


def run(*, clock: Instant, change_id: int, page: int | None = None) -> Report:
    """Bring a change into force if it is not yet, and move every date that is still behind.

    An undone change does nothing. Raises what `come_into_force` raises.
    """
    change = come_into_force(at=clock(), change_id=change_id)
    report = Report()
    if change.state == State.UNDONE:
        return report
    calendars.forget()
    size = page or (PAGE if reading().is_postgres else WIDE_PAGE)
    with roomy():
        for _ in range(_LOOKS):
            if not _look(report, clock, change_id, size):
                break
    _end(report, clock(), change_id)
    return report


def _look(report: Report, clock: Instant, change_id: int, page: int) -> int:
    """Go over all once, and give how many somebody was faster with."""
    report.looked, overtaken = 0, 0
    report.refused.clear()
    report.listed.clear()
    for found in pages_ahead(calendars, settled=last_in_force(), size=page):
        report.looked += found.looked
        for dossier_id, refusal in found.refused:
            report.refused[refusal.code] += 1
            if len(report.listed) < LISTED:
                report.listed.append((dossier_id, refusal))
        if found.moving:
            moved = len(write(found.moving, change_id=change_id, at=clock()))
            report.moved += moved
            overtaken += len(found.moving) - moved
    return overtaken


def _end(report: Report, at: datetime.datetime, change_id: int) -> None:
    """Tell the house what a run did, and look again a minute later if it did anything."""
    with act() as tx:
        take_house(tx)
        change = change_of(change_id)
        is_news = change.state == State.IN_FORCE or bool(report.moved)
        if not is_news:
            return
        rows = CalendarChange.objects.filter(pk=change.pk)
        ended = change.ended_at or at
        rows.update(state=State.DONE, ended_at=ended, moved=F("moved") + report.moved)
        data = {"change": change.pk, "moved": change.moved + report.moved}
        append_to_house(tx, act=DONE, at=at, actor=ACTOR, data=data)
        enqueue(tx, SWEEP, {"change": change.pk}, at=at, run_at=at + _LOOK_AGAIN)
