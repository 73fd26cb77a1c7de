"""Where one can go: the agencies with a counter, their address, telephone and hours."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.agencies.queries import Node
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.filing import receivers_of
from motcua.core.procedures.queries import offered
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.calendar import Shift
from motcua.kernel.vietnamese import fold, sort_key


@dataclass(frozen=True, slots=True)
class Office:
    """A one-stop: its name as of today, and its hours in words, a line for each run of days."""

    name: str
    address: str
    phone: str
    hours: tuple[str, ...]


def offices(query: str, on: datetime.date) -> list[Office]:
    """Give those whose name or address holds every word, with or without accents."""
    sought = fold(query).split()
    found = [node for node in _counters(on) if all(word in _told(node) for word in sought)]
    return [_office(node) for node in sorted(found, key=lambda one: sort_key(one.name_vi))]


def _counters(on: datetime.date) -> list[Node]:
    taken = [one.declaration for one in offered() if "counter" in one.declaration.channels]
    return list({node.id: node for told in taken for node in receivers_of(told, on)}.values())


def _told(node: Node) -> str:
    return fold(f"{node.name_vi} {node.name_en} {node.code} {node.address}")


def _office(node: Node) -> Office:
    week = calendars[node.calendar].weekly
    return Office(node.name(language()), node.address, node.phone, hours(week))


def hours(week: Sequence[tuple[Shift, ...]]) -> tuple[str, ...]:
    """Put a week into words: days with the same shifts that follow one another are one line."""
    runs: list[tuple[int, int, tuple[Shift, ...]]] = []
    for day, shifts in enumerate(week):
        if runs and runs[-1][2] == shifts:
            runs[-1] = (runs[-1][0], day, shifts)
        else:
            runs.append((day, day, shifts))
    return tuple(_run(first, last, shifts) for first, last, shifts in runs if shifts)


def _run(first: int, last: int, shifts: tuple[Shift, ...]) -> str:
    names = _days()
    days = names[first]
    if last > first:
        days = _("%(first)s đến %(last)s") % {"first": names[first], "last": names[last]}
    return f"{days}: {', '.join(str(one).replace('-', '–') for one in shifts)}"


def _days() -> tuple[str, ...]:
    return (
        *(_("Thứ Hai"), _("Thứ Ba"), _("Thứ Tư"), _("Thứ Năm"), _("Thứ Sáu"), _("Thứ Bảy")),
        _("Chủ Nhật"),
    )
