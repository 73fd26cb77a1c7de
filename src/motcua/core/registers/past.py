"""Which version of each record was in force on some days, for whole lists at once."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from motcua.core.places import BITS, LAST
from motcua.core.registers.models import Record, RecordVersion
from motcua.core.registers.placing import Frame
from motcua.core.registers.writing import bounds_of
from motcua.kernel import geometry

_AT_ONCE = 500
_STREAM = LAST + 1


@dataclass(frozen=True, slots=True)
class Stood:
    """A record, and the version of it that was in force then."""

    record: Record
    version: RecordVersion


def stood_between(
    rows: QuerySet[Record], first: datetime.date | None, last: datetime.date
) -> QuerySet[RecordVersion]:
    """Give the last versions by which records of a list were in use from one day to another.

    Of each record there is one at most, in the order of records; without `first` from the beginning
    on. A version is in force from its day on, until the first day that a later one paints over.
    """
    later = RecordVersion.objects.filter(
        pk__gt=OuterRef("pk"), pk__lte=OuterRef("pk").bitor(LAST)
    ).order_by("since")
    of_it = RecordVersion.objects.filter(
        pk__gte=OuterRef("pk") * _STREAM, pk__lt=(OuterRef("pk") + 1) * _STREAM
    )
    in_use = of_it.filter(since__lte=last, retired=False)
    painted = in_use.annotate(painted_on=Subquery(later.values("since")[:1]))
    reaching = Q(painted_on__gt=F("since"))
    if first is not None:
        reaching &= Q(painted_on__gt=first)
    found = painted.filter(Q(painted_on=None) | reaching).order_by("-since", "-pk")
    known = rows.order_by().annotate(then=Subquery(found.values("pk")[:1])).values("then")
    return RecordVersion.objects.filter(pk__in=known).order_by("pk")


def after(versions: QuerySet[RecordVersion], record_id: int) -> QuerySet[RecordVersion]:
    """Keep the versions of records behind a number."""
    return versions.filter(pk__gt=record_id * _STREAM + LAST)


def within_frame(versions: QuerySet[RecordVersion], frame: Frame) -> list[int]:
    """Give the numbers of the versions whose shape's bounds meet a frame."""
    found = versions.values_list("pk", "geometry").iterator(chunk_size=_AT_ONCE)
    return [pk for pk, text in found if text and _meets(text, frame)]


def _meets(text: str, frame: Frame) -> bool:
    west, south, east, north = bounds_of(geometry.kept(text))
    if west is None or south is None or east is None or north is None:
        return False
    wide = west <= frame.east and east >= frame.west
    return wide and south <= frame.north and north >= frame.south


def with_records(versions: Sequence[RecordVersion]) -> Iterator[Stood]:
    """Give versions with their records."""
    known = Record.objects.in_bulk([row.pk >> BITS for row in versions])
    return (Stood(known[row.pk >> BITS], row) for row in versions)
