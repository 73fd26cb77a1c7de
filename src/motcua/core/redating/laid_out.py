"""What a calendar says, as one text: its digest stands in the entry that last changed it."""

from __future__ import annotations

import json

from motcua.core.clock.models import CalendarDay, WorkCalendar

_COLUMNS = ("day", "kind", "closed_from", "closed_to", "name_vi", "name_en", "legal_ref")


def layout(row: WorkCalendar) -> str:
    """Write the week, the span and every day that differs."""
    days = CalendarDay.objects.filter(calendar=row).order_by("day", "revision", "pk")
    told = [
        [None if value is None else str(value) for value in one]
        for one in days.values_list(*_COLUMNS, "revision")
    ]
    week = [row.key, row.time_zone, row.country, row.shifts, row.first_year, row.last_year]
    return json.dumps([week, told], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
