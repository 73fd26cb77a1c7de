"""A first plan drawn up from what became of areas: who answers for the heirs of an agency's area.

It is a proposal to be corrected: which unit is the main heir of another is a suggestion of the
data, not law, and competence by procedure stands in no list of areas.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.core.agencies.queries import Node
from motcua.core.reform.faults import PlanUnreadable
from motcua.core.reform.rules import Order, Succession


@dataclass(frozen=True, slots=True)
class Change:
    """One area passes to another, wholly or in part; `main` marks the one heir of all the rest."""

    old: str
    new: str
    main: bool


def read_changes(text: str, on: datetime.date) -> list[Change]:
    """Read what becomes of areas on a day from a CSV (`date,from_unit_id,to_unit_id,main_heir`).

    Raises `PlanUnreadable`.
    """
    return [
        Change(row["from_unit_id"], row["to_unit_id"], row["main_heir"] == "1")
        for row in _rows(text, "date", "from_unit_id", "to_unit_id", "main_heir")
        if row["date"] == on.isoformat()
    ]


def read_parents(text: str) -> dict[str, str]:
    """Read in which larger area each one lies from a CSV (`unit_id,parent_unit_id`).

    Raises `PlanUnreadable`.
    """
    rows = _rows(text, "unit_id", "parent_unit_id")
    return {row["unit_id"]: row["parent_unit_id"] for row in rows if row["parent_unit_id"]}


def _rows(text: str, *columns: str) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if not {*columns} <= {*(rows.fieldnames or ())}:
        raise PlanUnreadable(reason=",".join(columns))
    return [{column: row[column] or "" for column in columns} for row in rows]


def drawn(
    changes: Iterable[Change],
    agencies: Iterable[tuple[Node, str]],
    parents: Mapping[str, str],
    *,
    on: datetime.date,
    document: str,
) -> Order:
    """Give a plan for agencies (each with its area) whose areas end on a day.

    `parents` says in which larger area an old one lies. An area that passes to several without a
    main heir is followed part by part: what lies in it goes where that goes, all else to the heir
    of most of its parts.
    """
    rows = sorted(set(changes), key=lambda one: (one.old, one.new))
    living = {area: node.code for node, area in agencies if area and node.lives(on)}
    eve = on - datetime.timedelta(days=1)
    mains = {one.old: one.new for one in rows if one.main}
    whole = {one.old for one in rows}
    found: list[Succession] = []
    for node, area in agencies:
        if area in whole and node.lives(eve) and living.get(mains.get(area, "")) != node.code:
            found += _of(node.code, area, mains, parents, living)
    return Order(on, document, tuple(found))


def _of(
    code: str,
    area: str,
    mains: Mapping[str, str],
    parents: Mapping[str, str],
    living: Mapping[str, str],
) -> list[Succession]:
    if area in mains:
        heir = living.get(mains[area])
        return [Succession(code, heir)] if heir else []
    parts: dict[str, list[str]] = {}
    for part, parent in sorted(parents.items()):
        heir = living.get(mains.get(part, ""))
        if parent == area and heir is not None:
            parts.setdefault(heir, []).append(part)
    if not parts:
        return []
    most = Counter({heir: len(areas) for heir, areas in parts.items()}).most_common(1)[0][0]
    by_area = [
        Succession(code, heir, "dissolved", areas=tuple(areas)) for heir, areas in parts.items()
    ]
    return [Succession(code, most, "dissolved"), *by_area]
