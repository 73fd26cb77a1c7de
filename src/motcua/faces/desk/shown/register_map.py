"""The map of a register on the desk: its layers, what of them is drawn, and the list beside it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet, Sum

from motcua.core.access.actors import Actor
from motcua.core.areas.queries import areas_on
from motcua.core.registers.declaration import Form, RegisterDeclaration
from motcua.core.registers.loading import registers
from motcua.core.registers.models import Record
from motcua.core.registers.placing import Frame, around, within
from motcua.core.registers.querying import Filter, narrowed
from motcua.faces.ui.mapping import MARKS, View, path_of
from motcua.kernel import geometry
from motcua.kernel.geometry import UNIT, Position

DRAWN = 2_000
"""Records drawn at once; the list beside the map has every one."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The records of a register on a map: all that the filter leaves, and those in the frame."""

    number: int
    register: RegisterDeclaration
    rows: QuerySet[Record]
    count: int
    metres: float

    @property
    def mark(self) -> str:
        """The mark that stands for a point of this layer, and in the legend for any."""
        return MARKS[self.number % len(MARKS)]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record on the paper: its way or the place of its mark; `listed` here on the list."""

    record: Record
    register: str
    layer: int
    path: str
    mark: str
    closed: bool
    listed: bool


def beside(declaration: RegisterDeclaration) -> list[RegisterDeclaration]:
    """Give the other registers of the same system that have a shape."""
    return [
        one
        for one in registers().values()
        if one.system == declaration.system
        and one.form is not Form.NONE
        and one.key != declaration.key
    ]


def placed(
    actor: Actor, declaration: RegisterDeclaration, wanted: Filter, on: datetime.date
) -> QuerySet[Record]:
    """Give the records of a list that have a shape."""
    return narrowed(actor, declaration, wanted, on=on).filter(west__isnull=False)


def frame_of(rows: Iterable[QuerySet[Record]]) -> Frame | None:
    """Give the frame around several lists."""
    found = [one for one in map(around, rows) if one is not None]
    if not found:
        return None
    return Frame(
        min(one.west for one in found),
        min(one.south for one in found),
        max(one.east for one in found),
        max(one.north for one in found),
    )


def layer_of(number: int, register: RegisterDeclaration, rows: QuerySet[Record]) -> Layer:
    """Count a layer; `rows` are those in the frame."""
    count = rows.count()
    metres = rows.order_by().aggregate(all=Sum("metres"))["all"] or 0.0
    return Layer(number, register, rows.order_by("-id"), count, metres)


def in_frame(rows: QuerySet[Record], frame: Frame) -> QuerySet[Record]:
    """Give the records of a list within a frame."""
    return within(rows, frame)


def page_of(layers: Iterable[Layer], start: int, size: int) -> list[tuple[Layer, Record]]:
    """Give a page of all layers, one after the other, as one list."""
    found: list[tuple[Layer, Record]] = []
    for layer in layers:
        if start < layer.count and size:
            rows = list(layer.rows[start : start + size])
            found += [(layer, row) for row in rows]
            size -= len(rows)
        start = max(start - layer.count, 0)
    return found


def drawn(
    layers: Iterable[Layer], view: View, listed: Collection[tuple[Layer, Record]]
) -> list[Drawn]:
    """Draw the layers, up to `DRAWN` records: lines below points, what is listed above all.

    What is listed is drawn in any case.
    """
    strong = {row.pk for _layer, row in listed}
    first = (one for layer in layers for one in _drawn(layer, layer.rows[:DRAWN], view, strong))
    every = list(islice(first, DRAWN))
    there = {one.record.pk for one in every}
    for layer, row in listed:
        if row.pk not in there:
            every += _drawn(layer, [row], view, strong)
    return sorted(every, key=lambda one: (one.listed, bool(one.mark)))


def _drawn(
    layer: Layer, rows: Iterable[Record], view: View, listed: Collection[int]
) -> Iterator[Drawn]:
    for row in rows:
        shape = geometry.kept(row.geometry)
        if shape is not None:
            yield Drawn(
                record=row,
                register=layer.register.key,
                layer=layer.number,
                path=path_of(view, shape),
                mark=layer.mark if shape.kind == "point" else "",
                closed=shape.kind == "polygon",
                listed=row.pk in listed,
            )


def centres(on: datetime.date, frame: Frame) -> list[tuple[str, Position]]:
    """Give the names of the units of a day whose centre lies in a frame."""
    west, south, east, north = frame.degrees()
    rows = areas_on(on).filter(lon__range=(west, east), lat__range=(south, north), parent=None)
    found = rows.order_by("name").values_list("name", "lon", "lat")
    return [
        (name, (round(lon * UNIT), round(lat * UNIT)))
        for name, lon, lat in found
        if lon is not None and lat is not None
    ]
