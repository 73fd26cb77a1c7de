"""Which units there were on a day, what became of them, and what an old name means today."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet

from motcua.core.areas.models import Area, ListedAgency, Province, Succession
from motcua.kernel.errors import Refused

Steps = dict[int, list[Succession]]
"""What became of units when they ended, by the unit's key."""


class UnknownArea(Refused):
    """No unit goes by this id, or by this code on that day."""

    code = "areas.unknown"
    vi = "Không có đơn vị hành chính {area}."
    en = "There is no administrative unit {area}."
    status = 404


def living(on: datetime.date) -> Q:
    """Give the condition that a row with half-open days is in force on a day."""
    return (Q(valid_from=None) | Q(valid_from__lte=on)) & (Q(valid_to=None) | Q(valid_to__gt=on))


def areas_on(on: datetime.date, *, province: str | None = None) -> QuerySet[Area]:
    """Give the units of a day, of one province or of all."""
    rows = Area.objects.filter(living(on)).select_related("parent", "province")
    return rows if province is None else rows.filter(province__code=province)


def area(unit_id: str) -> Area:
    """Give a version of a unit by its id, or refuse."""
    row = Area.objects.select_related("parent", "province").filter(unit_id=unit_id).first()
    if row is None:
        raise UnknownArea(area=unit_id)
    return row


def area_by_code(code: str, *, on: datetime.date) -> Area:
    """Give the unit that bears a code on a day, or refuse; codes come again with successors."""
    row = areas_on(on).filter(code=code).order_by("tier", "unit_id").first() if code else None
    if row is None:
        raise UnknownArea(area=f"{code} ({on.isoformat()})")
    return row


def kinds_on(on: datetime.date, *, province: str) -> dict[str, dict[str, int]]:
    """Count the units of a day by tier and kind; a tier that ever was is there, be it with none."""
    tiers = Area.objects.filter(province__code=province).values_list("tier", flat=True)
    found: dict[str, dict[str, int]] = {tier: {} for tier in sorted(set(tiers))}
    rows = areas_on(on, province=province).values("tier", "kind").annotate(n=Count("pk"))
    for row in rows.order_by("tier", "kind"):
        found[row["tier"]][row["kind"]] = row["n"]
    return found


def tiers_on(on: datetime.date, *, province: str) -> dict[str, int]:
    """Count by tier the units of a day and the agencies that lists have on it."""
    listed = ListedAgency.objects.filter(province__code=province)
    tiers = set(listed.values_list("tier", flat=True))
    living_ones = list(listed_on(on, province=province).values_list("tier", flat=True))
    agencies = {tier: living_ones.count(tier) for tier in sorted(tiers)}
    kinds = kinds_on(on, province=province)
    return agencies | {tier: sum(found.values()) for tier, found in kinds.items()}


def listed_on(on: datetime.date, *, province: str) -> QuerySet[ListedAgency]:
    """Give the agencies that lists have on a day."""
    rows = ListedAgency.objects.filter(living(on), province__code=province)
    return rows.order_by("tier", "list_id")


def provinces() -> list[Province]:
    """Give the provinces whose units are loaded, by code."""
    return list(Province.objects.order_by("code"))


def steps_from(row: Area) -> list[Succession]:
    """Give what became of a unit: main heir first, then by name."""
    rows = row.heirs.select_related("new", "new__parent", "new__province")
    return list(rows.order_by("date", "-main", "new__tier", "new__name", "new__unit_id"))


def steps_to(row: Area) -> list[Succession]:
    """Give what a unit came from, and what it took in later."""
    rows = row.origins.select_related("old", "old__parent", "old__province")
    return list(rows.order_by("date", "old__tier", "old__name", "old__unit_id"))


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit of a later day that holds (a share of) an earlier one.

    `portion` is the share as a number, none where it is not known; `whole` says that all of it is
    there. `main` is true along main heirs alone, none where one of the steps is open.
    """

    area: Area
    portion: Decimal | None
    main: bool | None
    confirmed: bool
    by: tuple[Succession, ...]

    @property
    def whole(self) -> bool:
        """Tell whether all of the unit went here."""
        return self.portion == 1


def heirs_on(row: Area, on: datetime.date) -> list[Heir]:
    """Give who holds a unit on a day, main heir first; the unit itself while it is in force.

    A tier that ended is followed to the tier that took its land. A boundary that moves while both
    go on makes no heir.
    """
    return heirs_of([row], on)[row.pk]


def heirs_of(rows: Iterable[Area], on: datetime.date) -> dict[int, list[Heir]]:
    """Give the same of many units at once, by their keys: one question for each step of time."""
    asked = list(rows)
    steps = _steps_until(asked, on)
    told: dict[int, list[Heir]] = {}
    for row in asked:
        found: dict[int, Heir] = {}
        itself = Heir(row, Decimal(1), True, row.status == "confirmed", ())  # noqa: FBT003
        _follow(itself, on, steps, found)
        told[row.pk] = sorted(found.values(), key=_first)
    return told


def _steps_until(rows: Iterable[Area], on: datetime.date) -> Steps:
    """Give what became of each unit on its last day, and of what it became, until a day."""
    steps: Steps = {}
    ended = {row.pk for row in rows if row.valid_to is not None and row.valid_to <= on}
    while ended:
        steps |= {pk: [] for pk in ended}
        taken = Succession.objects.filter(old__in=ended, date=F("old__valid_to"))
        found = taken.select_related("old", "new", "new__parent", "new__province")
        for one in found.order_by("-main", "new__tier", "new__name", "new__unit_id"):
            steps[one.old_id].append(one)
        new = [one.new for pk in ended for one in steps[pk]]
        ended = {one.pk for one in new if one.valid_to is not None and one.valid_to <= on}
        ended -= set(steps)
    return steps


def _follow(heir: Heir, on: datetime.date, steps: Steps, found: dict[int, Heir]) -> None:
    if heir.area.valid_to is None or on < heir.area.valid_to:
        before = found.get(heir.area.pk)
        found[heir.area.pk] = heir if before is None else _joined(before, heir)
        return
    ended = steps[heir.area.pk]
    for one in ended:
        _follow(_next(heir, one, alone=len(ended) == 1), on, steps, found)


def _next(heir: Heir, step: Succession, *, alone: bool) -> Heir:
    main = step.main if step.main is not None or not alone else True
    return Heir(
        step.new,
        None if heir.portion is None or step.portion is None else heir.portion * step.portion,
        _both(heir.main, main),
        heir.confirmed and step.status == "confirmed",
        (*heir.by, step),
    )


def _both(one: bool | None, other: bool | None) -> bool | None:  # noqa: FBT001 - three values
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _joined(one: Heir, other: Heir) -> Heir:
    """Two ways to the same heir: what both bring is there; the better claim to be main stays."""
    known = one.portion is not None and other.portion is not None
    portion = one.portion + other.portion if known and one.portion and other.portion else None
    claims = (one.main, other.main)
    main = True if True in claims else (None if None in claims else False)
    steps = one.by + tuple(step for step in other.by if step not in one.by)
    return Heir(one.area, portion, main, one.confirmed and other.confirmed, steps)


def _first(heir: Heir) -> tuple[int, str, str]:
    return ({True: 0, None: 1, False: 2}[heir.main], heir.area.folded, heir.area.unit_id)


def main_heir(heirs: Iterable[Heir]) -> Area | None:
    """Give the one main heir, or none where that is open."""
    main = [one.area for one in heirs if one.main]
    return main[0] if len(main) == 1 else None
