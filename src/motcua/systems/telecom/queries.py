"""Reads of the registers of this system: the masts around a place."""

from __future__ import annotations

import math

from motcua.core.access.actors import Actor
from motcua.core.dossiers import answers
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.placing import Frame, within
from motcua.core.registers.rights import readable
from motcua.kernel import geometry
from motcua.kernel.geometry import RADIUS, UNIT, Position
from motcua.systems.telecom.rules import Mast

SITES = "telecom_sites"
ON_IT = ("operator", "tenant_2", "tenant_3", "tenant_4")
_GONE = "removed"


def masts_around(actor: Actor, place: Position, metres: int) -> list[Mast]:
    """Give the masts in use within a square of so many metres around a place."""
    rows = readable(actor, register_of(SITES)).filter(retired=False)
    return [
        found
        for row in within(rows, _square(place, metres)).order_by("pk")
        if (found := _mast(row)) is not None
    ]


def _mast(row: Record) -> Mast | None:
    values, shape = answers.read(row.values), geometry.kept(row.geometry)
    if shape is None or values.get("state") == _GONE:
        return None
    on_it = tuple(int(values[key]) for key in ON_IT if key in values)
    return Mast(row.pk, shape.parts[0][0], on_it)


def _square(place: Position, metres: int) -> Frame:
    """Give a frame that holds the circle, a little larger; at the poles it is all around."""
    high = math.degrees(metres / RADIUS) * UNIT * 1.01
    wide = high / max(math.cos(math.radians(place[1] / UNIT)), 1e-6)
    east, north = place
    return Frame(
        max(round(east - wide), -180 * UNIT),
        max(round(north - high), -90 * UNIT),
        min(round(east + wide), 180 * UNIT),
        min(round(north + high), 90 * UNIT),
    )
