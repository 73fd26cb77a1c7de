"""A first plan drawn up from what became of areas: who answers for the heirs of an agency's area.

It is a proposal to be corrected: which unit is the main heir of another is a suggestion of the
data, not law, and competence by procedure stands in no list of areas.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from motcua.core.agencies.models import Agency
from motcua.core.agencies.queries import Node, tree
from motcua.core.areas.models import Area, Succession
from motcua.core.reform.faults import NothingEnds
from motcua.core.reform.rules import Order
from motcua.core.reform.rules import Succession as Heirship


@dataclass(frozen=True, slots=True)
class Change:
    """One area passes to another, wholly or in part; `main` marks the one heir of all the rest."""

    old: str
    new: str
    main: bool


def draft(*, on: datetime.date, document: str) -> Order:
    """Give a plan for the agencies that name their areas by the numbers of units.

    Raises `NothingEnds` where no such unit changes on the day.
    """
    rows = Succession.objects.filter(date=on).values_list("old__unit_id", "new__unit_id", "main")
    units = Area.objects.exclude(parent=None).values_list("unit_id", "parent__unit_id")
    agencies = Agency.objects.exclude(area="").order_by("pk").values_list("pk", "area")
    nodes = tree().nodes
    order = drawn(
        [Change(old, new, bool(main)) for old, new, main in rows],
        [(nodes[number], area) for number, area in agencies],
        dict(units),
        on=on,
        document=document,
    )
    if not order.successions:
        raise NothingEnds
    return order


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
    found: list[Heirship] = []
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
) -> list[Heirship]:
    if area in mains:
        heir = living.get(mains[area])
        return [Heirship(code, heir)] if heir else []
    parts: dict[str, list[str]] = {}
    for part, parent in sorted(parents.items()):
        heir = living.get(mains.get(part, ""))
        if parent == area and heir is not None:
            parts.setdefault(heir, []).append(part)
    if not parts:
        return []
    most = Counter({heir: len(areas) for heir, areas in parts.items()}).most_common(1)[0][0]
    by_area = [
        Heirship(code, heir, "dissolved", areas=tuple(areas)) for heir, areas in parts.items()
    ]
    return [Heirship(code, most, "dissolved"), *by_area]
