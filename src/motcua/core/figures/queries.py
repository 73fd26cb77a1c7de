"""Figures as pages ask for them: rows that were counted, never the dossiers themselves."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet, Subquery

from motcua.core.figures.models import Count, Figure
from motcua.core.figures.rules import Kind, shielded

DAY = 480
"""Working minutes of a working day (eight hours)."""
MONTHS = 12
"""So many months are told one by one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of figures; `outcomes` says whether enough ended for the outcomes to be told.

    `share` is the part of the measured ends that came in time, `online_share` that of the received
    which were filed online, `rating` that of the points which
    could be given, `median` is in working minutes; each is None where it is not told.
    """

    agency_id: int
    procedure_id: int
    first: datetime.date
    received: int
    online: int
    finished: int
    withdrawn: int
    waiting: int
    waiting_late: int
    outcomes: bool
    early: int
    on_time: int
    late: int
    share: Decimal | None
    online_share: Decimal | None
    median: int | None
    ratings: int
    rating: Decimal | None


@dataclass(frozen=True, slots=True)
class Told:
    """Lines with their sum, as known at a cut-off."""

    at: datetime.datetime
    rows: tuple[Row, ...]
    total: Row


def least() -> int:
    """Give from how many ends on the outcomes of a line are told."""
    return max(settings.MOTCUA_FIGURES_SHOWN_FROM, 1)


def cut_off() -> Count | None:
    """Give the count that stands, None before the first one is whole."""
    return Count.objects.filter(done=True).order_by("-pk").first()


def by_agency(kind: Kind, first: datetime.date, procedure_id: int = 0) -> Told | None:
    """Give a line for each agency that had anything in a period, most received first."""
    rows = Figure.objects.filter(kind=kind.value, first=first, procedure_id=procedure_id)
    return _told(list(_standing(rows)), lambda one: one.agency_id == 0)


def by_procedure(kind: Kind, first: datetime.date, agency_id: int = 0) -> Told | None:
    """Give a line for each procedure, most received first."""
    rows = Figure.objects.filter(kind=kind.value, first=first, agency_id=agency_id)
    return _told(list(_standing(rows)), lambda one: one.procedure_id == 0)


def by_month(agency_id: int = 0, procedure_id: int = 0) -> Told | None:
    """Give the months up to the cut-off, the latest first; `total` are the last twelve."""
    mine = Figure.objects.filter(agency_id=agency_id, procedure_id=procedure_id)
    count = cut_off()
    total = _standing(mine.filter(kind=Kind.LAST.value)).first()
    rows = _standing(mine.filter(kind=Kind.MONTH.value)).order_by("-first")[:MONTHS]
    if count is None or total is None:
        return None
    return Told(count.at, _rows(list(rows)), _rows([total])[0])


def of_procedure(procedure_id: int, agency_id: int = 0) -> Row | None:
    """Give the last twelve months of a procedure; None where nothing was counted."""
    rows = Figure.objects.filter(
        kind=Kind.LAST.value, agency_id=agency_id, procedure_id=procedure_id
    )
    found = _standing(rows).first()
    return _rows([found])[0] if found is not None else None


def months_there_are() -> tuple[datetime.date, ...]:
    """Give the months with figures, the latest first."""
    rows = _standing(Figure.objects.filter(kind=Kind.MONTH.value, agency_id=0, procedure_id=0))
    return tuple(rows.order_by("-first").values_list("first", flat=True))


def agencies_there_are() -> tuple[int, ...]:
    """Give the agencies that have figures."""
    rows = _standing(Figure.objects.filter(kind=Kind.YEAR.value, procedure_id=0, agency_id__gt=0))
    return tuple(rows.order_by("agency_id").values_list("agency_id", flat=True).distinct())


def procedures_there_are() -> tuple[int, ...]:
    """Give the procedures that have figures."""
    rows = _standing(Figure.objects.filter(kind=Kind.YEAR.value, agency_id=0, procedure_id__gt=0))
    return tuple(rows.order_by("procedure_id").values_list("procedure_id", flat=True).distinct())


def _standing(rows: QuerySet[Figure]) -> QuerySet[Figure]:
    stands = Count.objects.filter(done=True).order_by("-pk").values("pk")[:1]
    return rows.filter(count_id=Subquery(stands))


def _told(found: list[Figure], is_total: Callable[[Figure], bool]) -> Told | None:
    count = cut_off()
    total = next((one for one in found if is_total(one)), None)
    if count is None or total is None:
        return None
    parts = sorted((one for one in found if one is not total), key=_order)
    return Told(count.at, _rows(parts), _rows([total])[0])


def _order(one: Figure) -> tuple[int, int, int]:
    return -one.received, one.agency_id, one.procedure_id


def _rows(found: Sequence[Figure]) -> tuple[Row, ...]:
    hidden = shielded([_finished(one) for one in found], least())
    return tuple(_row(one, outcomes=not gone) for one, gone in zip(found, hidden, strict=True))


def _finished(one: Figure) -> int:
    return one.early + one.on_time + one.late + one.undated


def _row(one: Figure, *, outcomes: bool) -> Row:
    measured = one.early + one.on_time + one.late
    in_time = Decimal(one.early + one.on_time) / measured if measured and outcomes else None
    enough = one.ratings >= max(settings.MOTCUA_RATINGS_SHOWN_FROM, 1)
    return Row(
        agency_id=one.agency_id,
        procedure_id=one.procedure_id,
        first=one.first,
        received=one.received,
        online=one.online,
        online_share=Decimal(one.online) / one.received if one.received else None,
        finished=_finished(one),
        withdrawn=one.withdrawn,
        waiting=one.waiting,
        waiting_late=one.waiting_late,
        outcomes=outcomes and _finished(one) > 0,
        early=one.early,
        on_time=one.on_time,
        late=one.late,
        share=in_time,
        median=one.median if outcomes else None,
        ratings=one.ratings if enough else 0,
        rating=Decimal(one.points) / (2 * one.marks) if enough and one.marks else None,
    )
