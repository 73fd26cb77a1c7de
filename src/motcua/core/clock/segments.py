"""A dossier's clock in the database: reading it, and writing what an operation changed."""

from __future__ import annotations

import datetime

from motcua.core.places import place, places
from motcua.core.sql import Sql, Tx, instant
from motcua.kernel.calendar import Clock, Limit, Segment
from motcua.kernel.calendar import Kind as SegmentKind
from motcua.kernel.flow.definition import ClockOp

_READ = Sql(
    "SELECT kind, calendar, began_at, ended_at, anew FROM clock_clocksegment"
    " WHERE id BETWEEN %s AND %s ORDER BY id"
)
_OPEN = Sql(
    "INSERT INTO clock_clocksegment (id, kind, calendar, began_at, ended_at, anew)"
    " VALUES (%s, %s, %s, %s, %s, %s)"
)
_CLOSE = Sql("UPDATE clock_clocksegment SET ended_at = %s WHERE id = %s")


def clock_of(tx: Tx, dossier_id: int, limit: Limit) -> Clock:
    """Read the clock of a dossier."""
    segments = []
    for kind, calendar, began, ended, anew in tx.all(_READ, *places(dossier_id)):
        began_at = instant(began)
        assert began_at is not None
        segments.append(
            Segment(began_at, instant(ended), SegmentKind(kind), calendar, anew=bool(anew))
        )
    return Clock(limit, tuple(segments))


def operate(clock: Clock, op: ClockOp, *, at: datetime.datetime, calendar: str) -> Clock:
    """Carry out what a move does to the clock; a clock in the wrong state refuses by name."""
    match op:
        case ClockOp.START:
            return clock.start(at, calendar)
        case ClockOp.PAUSE:
            return clock.pause(at)
        case ClockOp.RESUME:
            return clock.resume(at, calendar)
        case ClockOp.RESTART:
            return clock.restart(at, calendar)
        case ClockOp.STOP:
            return clock.stop(at)


def write(tx: Tx, dossier_id: int, before: Clock, after: Clock) -> None:
    """Write the segments that differ (segments only ever end or are added)."""
    for number, segment in enumerate(after.segments, start=1):
        row_id = place(dossier_id, number)
        if number > len(before.segments):
            _add(tx, row_id, segment)
        elif segment != before.segments[number - 1]:
            tx.send(_CLOSE, segment.ended, row_id)


def _add(tx: Tx, row_id: int, segment: Segment) -> None:
    tx.send(
        _OPEN,
        row_id,
        segment.kind.value,
        segment.calendar,
        segment.began,
        segment.ended,
        segment.anew,
    )
