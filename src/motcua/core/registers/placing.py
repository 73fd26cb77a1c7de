"""Where records lie: those within a frame, and the frame around all of a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Min, QuerySet

from motcua.core.registers.models import Record
from motcua.kernel.geometry import UNIT


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of the globe, its edges in ten-millionths of a degree (`kernel.geometry`)."""

    west: int
    south: int
    east: int
    north: int

    @property
    def is_on_globe(self) -> bool:
        """Tell whether it is a window at all: not empty, not turned over, not beyond the poles."""
        wide = -180 * UNIT <= self.west < self.east <= 180 * UNIT
        return wide and -90 * UNIT <= self.south < self.north <= 90 * UNIT

    def degrees(self) -> tuple[float, float, float, float]:
        """Give west, south, east and north in degrees, as files and addresses write them."""
        return self.west / UNIT, self.south / UNIT, self.east / UNIT, self.north / UNIT


def framed(text: str) -> Frame | None:
    """Read `west,south,east,north` in degrees; None where it is no window of the globe."""
    try:
        edges = [round(float(one) * UNIT) for one in text.split(",")]
    except (ValueError, OverflowError):
        return None
    if len(edges) != 4:
        return None
    frame = Frame(*edges)
    return frame if frame.is_on_globe else None


def within(rows: QuerySet[Record], frame: Frame) -> QuerySet[Record]:
    """Keep the records whose bounds meet a frame."""
    return rows.filter(
        west__lte=frame.east, east__gte=frame.west, south__lte=frame.north, north__gte=frame.south
    )


def around(rows: QuerySet[Record]) -> Frame | None:
    """Give the smallest frame that holds every record of a list; None where none is placed."""
    found = rows.order_by().aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north")
    )
    return None if found["west"] is None else Frame(**found)
