"""Which changes an officer finds, and which days of a year differ from the week."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Q

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.clock.calendars import calendars
from motcua.core.clock.models import CalendarChange, WorkCalendar
from motcua.core.dossiers.models import Dossier
from motcua.core.redating.deciding import enters
from motcua.core.redating.faults import NoSuchChange
from motcua.kernel.calendar import DayOff


def special_days(key: str, year: int) -> list[dict[str, object]]:
    """Give the days off and worked days of a year, by their date. Raises `UnknownCalendar`."""
    found = calendars[key].specials
    return [
        {
            "day": day.isoformat(),
            "kind": "off" if isinstance(found[day], DayOff) else "work",
            "vi": found[day].vi,
            "en": found[day].en,
            "source": found[day].legal_ref,
        }
        for day in sorted(found)
        if day.year == year
    ]


def entered_by(actor: Actor) -> list[str]:
    """Give the keys of the calendars whose changes an actor may enter."""
    keys = WorkCalendar.objects.order_by("key").values_list("key", flat=True)
    return [key for key in keys if enters(actor, key)]


def readable(actor: Actor) -> list[CalendarChange]:
    """Give the changes that an actor may look at, the latest first."""
    rows = CalendarChange.objects.select_related("calendar").order_by("-pk")
    return list(rows.filter(calendar__key__in=entered_by(actor)))


def readable_one(actor: Actor, number: int) -> CalendarChange:
    """Give one of them; raises `NoSuchChange`."""
    row = next((one for one in readable(actor) if one.pk == number), None)
    if row is None:
        raise NoSuchChange
    return row


def seen(actor: Actor, change: CalendarChange) -> dict[str, Any] | None:
    """Give the preview of a change, where it has been worked out; of its rows those they may read.

    Counts are of all, as those of the agencies that the actor stands above.
    """
    if not change.preview:
        return None
    found: dict[str, Any] = json.loads(change.preview)
    codes = [row["code"] for row in found["rows"]]
    rows = visible(Dossier.objects.filter(Q(code__in=codes) | Q(lookup__in=codes)), actor)
    theirs = {code for told in rows.values_list("code", "lookup") for code in told}
    return {**found, "rows": [row for row in found["rows"] if row["code"] in theirs]}
