"""Counting all figures anew: from the facts into months, from months into every period and sum."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.utils.timezone import localtime, make_aware

from motcua.core.agencies.heirs import has_ended, heir_of
from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.dossiers.plan import bucket_of
from motcua.core.figures.models import Count, Figure
from motcua.core.figures.query import AREA, RATED, Told, dossiers
from motcua.core.figures.rules import (
    AWAITED,
    ONLINE,
    WITHDRAWN,
    Course,
    Kind,
    Sums,
    course,
    last_month,
    median,
    month_of,
    next_month,
    periods,
)
from motcua.core.procedures.queries import published
from motcua.core.ratings.rules import final
from motcua.core.sql import instant, reading

Cell = tuple[datetime.date, int, int]
"""A month, an agency and a procedure."""
_Sum = tuple[Kind, datetime.date, int, int]
_BATCH = 500


def count(*, at: datetime.datetime) -> int:
    """Count everything as of an instant; give the number of figures. The counts before are dropped.

    Readers see the count before until this one is whole. Twins do no harm: the last one stands.
    """
    made = Count.objects.create(at=at)
    rows = iter(_figures(made, at))
    total = 0
    while batch := list(islice(rows, _BATCH)):
        total += len(Figure.objects.bulk_create(batch))
    Count.objects.filter(pk=made.pk).update(done=True)
    Count.objects.filter(pk__lt=made.pk).delete()
    return total


def _figures(made: Count, at: datetime.datetime) -> Iterator[Figure]:
    now = month_of(localtime(at).date())
    sums: dict[_Sum, Sums] = defaultdict(Sums)
    for (month, agency_id, procedure_id), cell in _cells(at, now).items():
        for kind, first, standing in periods(month, now):
            for whose in (agency_id, 0):
                for what in (procedure_id, 0):
                    sums[kind, first, whose, what].add(cell, standing=standing)
    for (kind, first, agency_id, procedure_id), found in sums.items():
        yield _figure(made, kind, first, (agency_id, procedure_id), found, at)


def _figure(
    made: Count,
    kind: Kind,
    first: datetime.date,
    place: tuple[int, int],
    found: Sums,
    at: datetime.datetime,
) -> Figure:
    told = {name: getattr(found, name) for name in _COLUMNS}
    if kind is Kind.LAST or not _final(last_month(kind, first), at):
        told |= dict.fromkeys(("ratings", "points", "marks"), 0)
    return Figure(
        count=made,
        kind=kind.value,
        first=first,
        agency_id=place[0],
        procedure_id=place[1],
        median=median(found.minutes),
        **told,
    )


_COLUMNS = (
    *("received", "online", "early", "on_time", "late", "undated", "withdrawn"),
    *("waiting", "waiting_late", "ratings", "points", "marks"),
)


def _final(month: datetime.date, at: datetime.datetime) -> bool:
    return final(month, localtime(at).date(), settings.MOTCUA_RATING_CHANGE_DAYS)


def _cells(at: datetime.datetime, now: datetime.date) -> dict[Cell, Sums]:
    cells: dict[Cell, Sums] = defaultdict(Sums)
    apart = {
        one.procedure_id
        for one in published()
        if one.declaration.complaint or one.declaration.inward
    }
    clock = _Months(at, now)
    for told in dossiers(at):
        went = course(told.stretches) if told.procedure_id not in apart else None
        if went is not None:
            _count_one(cells, told, went, clock)
    _count_ratings(cells, apart)
    return cells


class _Months:
    """Months of instants and the ends of months, each worked out once."""

    def __init__(self, at: datetime.datetime, now: datetime.date) -> None:
        self.at, self.now = at, now
        self._ends: dict[datetime.date, datetime.datetime] = {}

    def of(self, at: datetime.datetime) -> datetime.date:
        return month_of(localtime(at).date())

    def end(self, month: datetime.date) -> datetime.datetime:
        """Give when a month is looked at: at its end, this month at the cut-off."""
        if month >= self.now:
            return self.at
        if month not in self._ends:
            day = next_month(month)
            self._ends[month] = make_aware(datetime.datetime.combine(day, datetime.time()))
        return self._ends[month]


def _count_one(cells: dict[Cell, Sums], told: Told, went: Course, clock: _Months) -> None:
    where = _Where(told.id, told.procedure_id, told.receiving_id)
    begun = cells[clock.of(went.received_at), where.on(went.received_at), told.procedure_id]
    begun.received += 1
    begun.online += told.channel == ONLINE
    _count_waiting(cells, went, where, clock)
    if went.end is None:
        return
    end = went.end
    cell = cells[clock.of(end.began_at), where.on(end.began_at), told.procedure_id]
    if end.state == WITHDRAWN:
        cell.withdrawn += 1
        return
    calendar = calendars[agency(end.agency_id).calendar]
    cell.end(bucket_of(end.began_at, end.due_at, calendar) if end.due_at else "")
    cell.minutes[_minutes(went)] += 1


def _count_waiting(cells: dict[Cell, Sums], went: Course, where: _Where, clock: _Months) -> None:
    """Count where it waited at the end of each month, and whether it was late then."""
    for one in went.open:
        month = clock.of(one.began_at)
        while (end := clock.end(month)) and (one.ended_at is None or end < one.ended_at):
            day = min(end, clock.at) - _TICK
            cell = cells[month, where.on(day), where.procedure_id]
            cell.waiting += 1
            cell.waiting_late += int(one.due_at is not None and one.due_at < end)
            if month >= clock.now:
                break
            month = next_month(month)


_TICK = datetime.timedelta(microseconds=1)


def _minutes(went: Course) -> int:
    """Count the working minutes that agencies had it, each by the calendar of who held it."""
    spent = (one for one in went.open if one.state not in AWAITED)
    return sum(
        calendars[agency(one.agency_id).calendar].used(one.began_at, one.ended_at)
        for one in spent
        if one.ended_at is not None
    )


class _Where:
    """Which agency answers for a dossier on a day: who received it, or its heir by then."""

    __slots__ = ("_area", "_ended", "_id", "_receiving", "procedure_id")

    def __init__(self, dossier_id: int, procedure_id: int, receiving: int) -> None:
        self._id, self.procedure_id, self._receiving = dossier_id, procedure_id, receiving
        self._ended, self._area = has_ended(receiving), ""
        if self._ended:
            row = reading().one(AREA, dossier_id)
            self._area = row[0] if row else ""

    def on(self, at: datetime.datetime) -> int:
        if not self._ended:
            return self._receiving
        day = localtime(at).date()
        return heir_of(self._receiving, self.procedure_id, self._area, on=day)


def _count_ratings(cells: dict[Cell, Sums], apart: set[int]) -> None:
    for procedure_id, agency_id, first_at, points, marks in reading().all(RATED):
        rated_at = instant(first_at)
        assert rated_at is not None
        if procedure_id not in apart:
            cell = cells[month_of(localtime(rated_at).date()), agency_id, procedure_id]
            cell.ratings, cell.points = cell.ratings + 1, cell.points + int(points)
            cell.marks += int(marks)
