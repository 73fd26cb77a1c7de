"""The recorded facts of a period as cases: clocks and work items, and nobody's data."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

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
    """What is replayed: dossiers that these agencies received from the first to the last day.

    What has no result at the instant of asking, `at`, is known up to the `cut_off`: the end of the
    period, or that instant where the period still runs.
    """

    agency_ids: Sequence[int]
    first: datetime.date
    last: datetime.date
    at: datetime.datetime
    procedure: str = ""

    @property
    def since(self) -> datetime.datetime:
        """Give the first instant; the days are those of the first agency's calendar."""
        return self._begin_of(self.first)

    @property
    def until(self) -> datetime.datetime:
        """Give the instant at which the last day is over."""
        return self._begin_of(self.last + datetime.timedelta(days=1))

    @property
    def cut_off(self) -> datetime.datetime:
        """Give the instant up to which an open dossier is replayed."""
        return min(self.until, self.at)

    def _begin_of(self, day: datetime.date) -> datetime.datetime:
        zone = calendars[agency(self.agency_ids[0]).calendar].tzinfo
        return datetime.datetime.combine(day, datetime.time(), zone).astimezone(datetime.UTC)


def recorded(period: Period, *, most: int | None = None) -> list[Case]:
    """Give the cases of a period that ran on a limit of ours, at most so many.

    With a result, or open: what was withdrawn is neither. What is kept to few readers is left out
    of every count.
    """
    ids = list(_wanted(period).values_list("pk", flat=True)[:most])
    cases: list[Case] = []
    for first in range(0, len(ids), _CHUNK):
        cases += _cases(ids[first : first + _CHUNK], period.cut_off)
    return cases


def turns(
    items: Iterable[WorkItem],
    pauses: Sequence[tuple[datetime.datetime, datetime.datetime]],
    received: datetime.datetime,
    finished: datetime.datetime,
    *,
    is_open: bool = False,
) -> Iterator[Turn]:
    """Give the stretches in which somebody had a dossier in hand, the waits for answers cut out.

    Of an open dossier `finished` is the cut-off: what lasted until then is open as well.
    """
    for item in items:
        if item.leg is not None and item.result == "cancelled":
            continue
        began = max(item.began_at, received)
        ended = min(item.ended_at or finished, finished)
        lasts = is_open and (item.ended_at is None or item.ended_at > finished)
        for begin, end in _without(began, ended, pauses):
            office = (item.agency_id, item.post)
            still = lasts and end == finished
            yield Turn(office, begin, end, opinion=item.leg is not None, open=still)


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
    with_result = Q(finished_at__isnull=False) & ~Q(bucket="")
    still_open = Q(finished_at__isnull=True, closed=False)
    found = Dossier.objects.filter(
        with_result | still_open,
        receiving_agency_id__in=period.agency_ids,
        received_at__gte=period.since,
        received_at__lt=min(period.until, period.at),
        confidentiality=NORMAL,
        external_source="",
    )
    if period.procedure:
        found = found.filter(version__procedure__code=period.procedure)
    return found.order_by("pk")


def _cases(ids: Sequence[int], cut_off: datetime.datetime) -> Iterator[Case]:
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
        clock, is_open = Clock(declaration.limit, tuple(segments[pk])), finished is None
        ready = cut_off if is_open else finished
        if is_open:
            clock = _known(clock, cut_off)
        held = turns(items.get(pk, ()), _pauses(clock, ready), received, ready, is_open=is_open)
        yield Case(pk, declaration.code, clock, ready, tuple(held), open=is_open)


def _known(clock: Clock, cut_off: datetime.datetime) -> Clock:
    """Give a clock as it ran at the cut-off."""
    known = (one for one in clock.segments if one.began < cut_off)
    return replace(clock, segments=tuple(_open_at(one, cut_off) for one in known))


def _open_at(segment: Segment, cut_off: datetime.datetime) -> Segment:
    over = segment.ended is not None and segment.ended <= cut_off
    return segment if over else replace(segment, ended=None)


def _segment(row: ClockSegment) -> Segment:
    kind = SegmentKind(row.kind)
    return Segment(row.began_at, row.ended_at, kind, row.calendar, anew=row.anew)


def _pauses(
    clock: Clock, ready: datetime.datetime
) -> list[tuple[datetime.datetime, datetime.datetime]]:
    """Give the waits for answers; one that lasts reaches to the end of what is known."""
    waits = (one for one in clock.segments if one.kind is SegmentKind.PAUSE)
    return [(one.began, one.ended or ready) for one in waits]
