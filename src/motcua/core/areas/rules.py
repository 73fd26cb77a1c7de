"""What must hold between the rows of a folder, so that every day of the past can be answered.

What ends has an heir on that very day and what begins came from something; a whole has one heir,
known shares add up to one; codes and names are unique while they last; and where a source counts
units on a day, so do the rows.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from motcua.core.areas.faults import fault
from motcua.core.areas.table import AgencyRow, ChangeRow, CountRow, Folder, UnitRow
from motcua.kernel.flow.faults import Fault

KINDS_OF_CHANGE = (
    "split",
    "merged",
    "absorbed",
    "change of type",
    "renamed",
    "renumbered",
    "boundary",
    "tier abolished",
)
_PARTS_ALONE = {"boundary", "tier abolished"}  # both go on; or the parts are of another tier
_NEAR_ONE = Decimal("0.002")

Changes = dict[tuple[str, datetime.date], list[ChangeRow]]


def check(folder: Folder) -> list[Fault]:
    """Give every fault of a folder whose cells could be read."""
    units = {one.unit_id: one for one in folder.units}
    return [
        *_twice("units.csv", ((one.unit_id, one.line) for one in folder.units)),
        *_lives("units.csv", folder.units),
        *_centres(folder),
        *_parents(units),
        *_clashes(folder.units),
        *_ends_of_changes(folder.changes, units),
        *_heirs(folder.changes, units),
        *_shares(folder.changes),
        *_agencies(folder.agencies),
        *_counts(folder),
    ]


def _twice(file: str, keys: Iterable[tuple[str, int]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for key, line in keys:
        if key in seen:
            yield fault("areas.twice", f"{file}:{line}", key=key)
        seen.add(key)


def _lives(file: str, rows: Iterable[UnitRow | AgencyRow]) -> Iterator[Fault]:
    for one in rows:
        if one.valid_from and one.valid_to and one.valid_to <= one.valid_from:
            who = one.unit_id if isinstance(one, UnitRow) else one.list_id
            yield fault("areas.ends_before", f"{file}:{one.line}", unit=who)


def _centres(folder: Folder) -> Iterator[Fault]:
    if folder.province.bounds is None:
        return
    south, west, north, east = folder.province.bounds
    for one in folder.units:
        if one.lat is None or one.lon is None:
            continue
        if not (south <= one.lat <= north and west <= one.lon <= east):
            yield fault("areas.outside", f"units.csv:{one.line}", unit=one.unit_id)


def _parents(units: dict[str, UnitRow]) -> Iterator[Fault]:
    for one in units.values():
        where = f"units.csv:{one.line}"
        if not one.parent_unit_id:
            continue
        parent = units.get(one.parent_unit_id)
        if parent is None:
            yield fault("areas.unknown_unit", where, unit=one.parent_unit_id)
        elif _below_itself(one, units):
            yield fault("areas.parent_circle", where, unit=one.unit_id)
        elif not _spans(parent, one):
            told = {"parent": parent.unit_id, "unit": one.unit_id}
            yield fault("areas.parent_not_there", where, **told)


def _below_itself(unit: UnitRow, units: dict[str, UnitRow]) -> bool:
    seen, above = {unit.unit_id}, units.get(unit.parent_unit_id)
    while above is not None:
        if above.unit_id in seen:
            return True
        seen.add(above.unit_id)
        above = units.get(above.parent_unit_id)
    return False


def _spans(parent: UnitRow, child: UnitRow) -> bool:
    begins = parent.valid_from is None or (
        child.valid_from is not None and parent.valid_from <= child.valid_from
    )
    ends = parent.valid_to is None or (
        child.valid_to is not None and child.valid_to <= parent.valid_to
    )
    return begins and ends


def _clashes(units: Iterable[UnitRow]) -> Iterator[Fault]:
    """Among units of one tier that live on the same day, codes and names are unique."""
    codes, names = defaultdict(list), defaultdict(list)
    for one in units:
        if one.gso_code:
            codes[one.tier, one.gso_code].append(one)
        names[one.parent_unit_id, one.type, one.name].append(one)
    for which, code in ((codes, "areas.code_clash"), (names, "areas.name_clash")):
        for group in which.values():
            for first, second in combinations(group, 2):
                if _overlap(first, second):
                    told = {"unit": first.unit_id, "other": second.unit_id, "key": first.gso_code}
                    yield fault(code, f"units.csv:{second.line}", **told)


def _overlap(one: UnitRow, other: UnitRow) -> bool:
    starts = max(one.valid_from or datetime.date.min, other.valid_from or datetime.date.min)
    ends = min(one.valid_to or datetime.date.max, other.valid_to or datetime.date.max)
    return starts < ends


def _ends_of_changes(changes: tuple[ChangeRow, ...], units: dict[str, UnitRow]) -> Iterator[Fault]:
    keys = ((f"{one.date} {one.from_unit_id} → {one.to_unit_id}", one.line) for one in changes)
    yield from _twice("changes.csv", keys)
    for one in changes:
        where = f"changes.csv:{one.line}"
        for unit_id in (one.from_unit_id, one.to_unit_id):
            if unit_id not in units:
                yield fault("areas.unknown_unit", where, unit=unit_id)
        old, new = units.get(one.from_unit_id), units.get(one.to_unit_id)
        if new is not None and not new.lives(one.date):
            yield fault("areas.heir_not_there", where, unit=new.unit_id, day=one.date)
        if old is not None and not old.lives(_eve(one.date)):
            yield fault("areas.old_not_there", where, unit=old.unit_id, day=one.date)


def _eve(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=1) if day > datetime.date.min else day


def _heirs(changes: tuple[ChangeRow, ...], units: dict[str, UnitRow]) -> Iterator[Fault]:
    left = {(one.from_unit_id, one.date) for one in changes}
    came = {(one.to_unit_id, one.date) for one in changes}
    for one in units.values():
        where = f"units.csv:{one.line}"
        if one.valid_to and (one.unit_id, one.valid_to) not in left:
            yield fault("areas.no_heir", where, unit=one.unit_id, day=one.valid_to)
        if one.valid_from and (one.unit_id, one.valid_from) not in came:
            yield fault("areas.no_origin", where, unit=one.unit_id, day=one.valid_from)


def _shares(changes: tuple[ChangeRow, ...]) -> Iterator[Fault]:
    by_old: Changes = defaultdict(list)
    for one in changes:
        by_old[one.from_unit_id, one.date].append(one)
    for (unit, day), rows in by_old.items():
        where = f"changes.csv:{rows[-1].line}"
        for code in _wrong_shares(rows):
            yield fault(code, where, unit=unit, day=day, sum=_sum(rows))


def _wrong_shares(rows: list[ChangeRow]) -> Iterator[str]:
    several = len(rows) > 1
    if several and any(one.share == "whole" for one in rows):
        yield "areas.whole_shared"
    if not several and rows[0].share == "part" and rows[0].kind not in _PARTS_ALONE:
        yield "areas.lone_part"
    if sum(one.main_heir is True for one in rows) > 1:
        yield "areas.two_main"
    known = all(one.share not in {"whole", "part"} for one in rows)
    if known and abs(_sum(rows) - 1) > _NEAR_ONE:
        yield "areas.shares"


def _sum(rows: Iterable[ChangeRow]) -> Decimal:
    numbers = (Decimal(one.share) for one in rows if one.share not in {"whole", "part"})
    return sum(numbers, Decimal(0))


def _agencies(agencies: tuple[AgencyRow, ...]) -> Iterator[Fault]:
    yield from _twice("agencies.csv", ((one.list_id, one.line) for one in agencies))
    yield from _lives("agencies.csv", agencies)
    known = {one.list_id: one for one in agencies}
    for one in agencies:
        where = f"agencies.csv:{one.line}"
        if one.heir and one.heir not in known:
            yield fault("areas.unknown_agency", where, key=one.heir)
        elif one.heir and one.valid_to and not known[one.heir].lives(one.valid_to):
            yield fault("areas.heir_not_there", where, unit=one.heir, day=one.valid_to)
        if one.heir and not one.valid_to:
            yield fault("areas.heir_too_early", where, unit=one.list_id)
        if one.valid_to and not one.heir:
            yield fault("areas.no_heir", where, unit=one.list_id, day=one.valid_to)


def _counts(folder: Folder) -> Iterator[Fault]:
    for one in folder.counts:
        found = _counted(one, folder)
        if found != one.count:
            what = one.kind or one.tier
            told = {"day": one.day, "found": found, "what": what, "wanted": one.count}
            yield fault("areas.count", f"counts.csv:{one.line}", **told)


def _counted(asked: CountRow, folder: Folder) -> int:
    units = sum(
        one.tier == asked.tier and asked.kind in {"", one.type} and one.lives(asked.day)
        for one in folder.units
    )
    agencies = sum(
        one.tier == asked.tier and not asked.kind and one.lives(asked.day)
        for one in folder.agencies
    )
    return units + agencies
