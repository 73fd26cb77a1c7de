"""What a change would move, before it is in force; nothing but the preview itself is written."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from dataclasses import dataclass, field

from motcua.core.agencies.queries import tree
from motcua.core.clock.calendars import Calendars
from motcua.core.clock.models import CalendarChange
from motcua.core.procedures.models import Procedure
from motcua.core.redating.deciding import State, change_of, changed
from motcua.core.redating.finding import Found, Moving, pages
from motcua.core.redating.rules import lateness
from motcua.kernel.calendar import Calendar

ROWS = 20
"""Dossiers that a preview lists."""


class _Changed(Calendars):
    """The calendars of now, and one of them as it would be."""

    def __init__(self, key: str, calendar: Calendar, revision: int) -> None:
        super().__init__()
        self._key, self._calendar, self._revision = key, calendar, revision

    def known(self, key: str) -> tuple[int, Calendar]:
        if key == self._key:
            return self._revision, self._calendar
        return super().known(key)

    def __getitem__(self, key: str) -> Calendar:
        return self._calendar if key == self._key else super().__getitem__(key)


@dataclass(slots=True)
class Line:
    """What moves at one agency of one procedure."""

    dossiers: int = 0
    legs: int = 0
    begins_late: int = 0
    ends_late: int = 0


@dataclass(slots=True)
class Preview:
    """A change's meaning at an instant."""

    zone: Calendar
    at: datetime.datetime
    looked: int = 0
    dossiers: int = 0
    work: int = 0
    legs: int = 0
    windows: int = 0
    beyond_promise: int = 0
    refused: int = 0
    lines: dict[tuple[int, int], Line] = field(default_factory=dict)
    days: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: list[Moving] = field(default_factory=list)

    def take(self, found: Found) -> None:
        """Count a page."""
        self.looked += found.looked
        self.refused += len(found.refused)
        for one in found.moving:
            self._count(one)

    def _count(self, one: Moving) -> None:
        legs = sum(work.leg is not None for work in one.work)
        self.work += len(one.work)
        self.legs += legs
        self.windows += one.window is not None
        line = self.lines.setdefault((one.procedure_id, one.agency_id), Line())
        line.legs += legs
        if one.due == one.before:
            return
        self.dossiers += 1
        line.dossiers += 1
        self.days[self._day(one.before), self._day(one.due)] += 1
        if not one.paused:
            late = lateness(one.before, one.due, self.at)
            line.begins_late += late.begins
            line.ends_late += late.ends
        if one.promised is not None and one.due is not None and one.promised < one.due:
            self.beyond_promise += 1
        if len(self.rows) < ROWS and one.is_open_to_lists:
            self.rows.append(one)

    def _day(self, at: datetime.datetime | None) -> str:
        return self.zone.local(at).date().isoformat() if at is not None else ""

    def told(self) -> dict[str, object]:
        """Give the preview as plain values for JSON."""
        names = dict(Procedure.objects.values_list("pk", "code"))
        agencies = tree().nodes
        lines = [
            {
                "procedure": names.get(procedure, ""),
                "agency": agencies[where].code,
                "agency_name": agencies[where].name_vi,
                "dossiers": line.dossiers,
                "legs": line.legs,
                "begins_late": line.begins_late,
                "ends_late": line.ends_late,
            }
            for (procedure, where), line in self.lines.items()
        ]
        lines.sort(key=lambda one: (-int(str(one["dossiers"])), one["agency"], one["procedure"]))
        return {
            "looked": self.looked,
            "dossiers": self.dossiers,
            "work": self.work,
            "legs": self.legs,
            "windows": self.windows,
            "begins_late": sum(line.begins_late for line in self.lines.values()),
            "ends_late": sum(line.ends_late for line in self.lines.values()),
            "beyond_promise": self.beyond_promise,
            "refused": self.refused,
            "days": [
                {"from": old, "to": new, "dossiers": count}
                for (old, new), count in sorted(self.days.items())
            ],
            "lines": lines,
            "rows": [self._row(one) for one in self.rows],
        }

    def _row(self, one: Moving) -> dict[str, object]:
        return {
            "code": one.code,
            "agency": tree().nodes[one.agency_id].code,
            "from": one.before.isoformat() if one.before else None,
            "to": one.due.isoformat() if one.due else None,
            "promised": one.promised.isoformat() if one.promised else None,
        }


def preview(change: CalendarChange, *, at: datetime.datetime) -> dict[str, object]:
    """Lay a change that is not in force over what is open now."""
    calendar, revision = changed(change), change.calendar.revision
    known = _Changed(change.calendar.key, calendar, revision + 1)
    found = Preview(calendar, at)
    for page in pages(known):
        found.take(page)
    return {"at": at.isoformat(), "revision": revision, **found.told()}


def show(*, at: datetime.datetime, change_id: int) -> CalendarChange:
    """Work out what a change would move and keep it beside the change while it waits."""
    change = change_of(change_id)
    if change.state == State.PROPOSED:
        told = json.dumps(preview(change, at=at), ensure_ascii=False)
        CalendarChange.objects.filter(pk=change.pk, state=State.PROPOSED).update(preview=told)
        change.preview = told
    return change
