"""The recorded facts of a period as cases: clocks and work items, and nobody's data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from motcua.core.agencies.queries import agency
from motcua.core.clock.calendars import calendars
from motcua.core.clock.models import ClockSegment
from motcua.core.dossiers.models import Dossier, WorkItem
from motcua.core.dossiers.situation import NORMAL
from motcua.core.places import BITS, places
from motcua.core.procedures.queries import declared
from motcua.core.whatif.rules import Case, Turn
from motcua.kernel.calendar import Clock, Segment
from motcua.kernel.calendar import Kind as SegmentKind

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Period:
    """What is replayed: dossiers that these agencies received from the first to the last day."""

    agency_ids: Sequence[int]
    first: datetime.date
    last: datetime.date
    procedure: str = ""


def recorded(period: Period, *, most: int | None = None) -> list[Case]:
    """Give the cases of a period that have a result and ran on a limit of ours, at most so many.

    What was withdrawn has none; what is kept to few readers is left out of every count.
    """
    ids = list(_wanted(period).values_list("pk", flat=True)[:most])
    cases: list[Case] = []
    for first in range(0, len(ids), _CHUNK):
        cases += _cases(ids[first : first + _CHUNK])
    return cases


def turns(
    items: Iterable[WorkItem],
    pauses: Sequence[tuple[datetime.datetime, datetime.datetime]],
    received: datetime.datetime,
    finished: datetime.datetime,
) -> Iterator[Turn]:
    """Give the stretches in which somebody had a dossier in hand, the waits for answers cut out."""
    for item in items:
        if item.leg is not None and item.result == "cancelled":
            continue
        began = max(item.began_at, received)
        ended = min(item.ended_at or finished, finished)
        for begin, end in _without(began, ended, pauses):
            office = (item.agency_id, item.post)
            yield Turn(office, begin, end, opinion=item.leg is not None)


def _without(
    began: datetime.datetime,
    ended: datetime.datetime,
    pauses: Sequence[tuple[datetime.datetime, datetime.datetime]],
) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
    for begin, end in pauses:
        if end <= began or begin >= ended:
            continue
        if began < begin:
            yield began, begin
        began = end
    if began < ended:
        yield began, ended


def _wanted(period: Period) -> QuerySet[Dossier]:
    """Give the dossiers; the days are those of the first agency's calendar."""
    zone = calendars[agency(period.agency_ids[0]).calendar].tzinfo
    since = datetime.datetime.combine(period.first, datetime.time(), zone)
    until = datetime.datetime.combine(
        period.last + datetime.timedelta(days=1), datetime.time(), zone
    )
    found = Dossier.objects.filter(
        receiving_agency_id__in=period.agency_ids,
        received_at__gte=since,
        received_at__lt=until,
        finished_at__isnull=False,
        confidentiality=NORMAL,
        external_source="",
    ).exclude(bucket="")
    if period.procedure:
        found = found.filter(version__procedure__code=period.procedure)
    return found.order_by("pk")


def _cases(ids: Sequence[int]) -> Iterator[Case]:
    reach = places(ids[0])[0], places(ids[-1])[1]
    wanted = set(ids)
    items: dict[int, list[WorkItem]] = {}
    for item in WorkItem.objects.filter(pk__range=reach).order_by("pk"):
        if item.dossier_id in wanted:
            items.setdefault(item.dossier_id, []).append(item)
    segments: dict[int, list[Segment]] = {}
    for row in ClockSegment.objects.filter(pk__range=reach).order_by("pk"):
        if row.pk >> BITS in wanted:
            segments.setdefault(row.pk >> BITS, []).append(_segment(row))
    columns = ("pk", "version_id", "received_at", "finished_at")
    for pk, version_id, received, finished in (
        Dossier.objects.filter(pk__in=ids).order_by("pk").values_list(*columns)
    ):
        declaration = declared(version_id)
        if pk not in segments or declaration.limit is None:
            continue
        clock = Clock(declaration.limit, tuple(segments[pk]))
        held = turns(items.get(pk, ()), _pauses(clock), received, finished)
        yield Case(pk, declaration.code, clock, finished, tuple(held))


def _segment(row: ClockSegment) -> Segment:
    kind = SegmentKind(row.kind)
    return Segment(row.began_at, row.ended_at, kind, row.calendar, anew=row.anew)


def _pauses(clock: Clock) -> list[tuple[datetime.datetime, datetime.datetime]]:
    return [
        (one.began, one.ended)
        for one in clock.segments
        if one.kind is SegmentKind.PAUSE and one.ended is not None
    ]
