"""A map drawn here: lines and marks in one frame, north up, with a scale; nothing is fetched.

Equirectangular, squeezed by the cosine of the middle latitude: true to shape at the size of a city.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from motcua.core.registers.placing import Frame
from motcua.kernel.geometry import RADIUS, UNIT, Position, Shape

WIDTH, HEIGHT = 800, 600
_EDGE = 0.06
"""The share of a frame that is left free around what it shows."""
_LEAST = UNIT // 500
"""A single point is shown with a fifth of a kilometre around it."""
_MOST = 170 * UNIT
_METRES = math.radians(1) * RADIUS / UNIT
"""Metres of one of our units, from south to north."""
_STEPS = (1, 2, 5)
_LETTER, _LINE = 15, 30
"""How wide a letter of a place's name is at most, and how high a line."""

MARKS = (
    "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0",
    "M-5.5,-5.5h11v11h-11z",
    "M0,-7l7,12.5h-14z",
    "M0,-7.5l7.5,7.5l-7.5,7.5l-7.5,-7.5z",
)
"""Circle, square, triangle, diamond: layers differ by more than their colour."""


@dataclass(frozen=True, slots=True)
class View:
    """A frame on the paper: where a position falls."""

    frame: Frame
    squeeze: float
    scale: float

    def at(self, one: Position) -> tuple[float, float]:
        """Give where a position lies on the paper."""
        middle_x = (self.frame.west + self.frame.east) / 2
        middle_y = (self.frame.south + self.frame.north) / 2
        x = WIDTH / 2 + (one[0] - middle_x) * self.squeeze * self.scale
        y = HEIGHT / 2 - (one[1] - middle_y) * self.scale
        return x, y


def view_of(frame: Frame) -> View:
    """Widen a frame until it has the proportions of the paper."""
    middle_x, middle_y = (frame.west + frame.east) / 2, (frame.south + frame.north) / 2
    squeeze = max(math.cos(math.radians(middle_y / UNIT)), 0.01)
    wide = max((frame.east - frame.west) * squeeze, _LEAST)
    scale = min(WIDTH / wide, HEIGHT / max(frame.north - frame.south, _LEAST))
    half_x, half_y = WIDTH / scale / squeeze / 2, HEIGHT / scale / 2
    whole = Frame(
        max(round(middle_x - half_x), -180 * UNIT),
        max(round(middle_y - half_y), -90 * UNIT),
        min(round(middle_x + half_x), 180 * UNIT),
        min(round(middle_y + half_y), 90 * UNIT),
    )
    return View(whole, squeeze, scale)


def roomy(frame: Frame) -> Frame:
    """Leave a little room around what is shown."""
    return _about(frame, 1 + 2 * _EDGE, 0, 0)


def ways(frame: Frame) -> dict[str, Frame]:
    """Give the frames to which one goes from here: nearer, farther, and to the four sides."""
    return {
        "nearer": _about(frame, 0.5, 0, 0),
        "farther": _about(frame, 2, 0, 0),
        "west": _about(frame, 1, -0.4, 0),
        "east": _about(frame, 1, 0.4, 0),
        "north": _about(frame, 1, 0, 0.4),
        "south": _about(frame, 1, 0, -0.4),
    }


def _about(frame: Frame, times: float, right: float, up: float) -> Frame:
    wide, high = frame.east - frame.west, frame.north - frame.south
    middle_x = (frame.west + frame.east) / 2 + right * wide
    middle_y = (frame.south + frame.north) / 2 + up * high
    half_x = max(min(wide * times, _MOST), _LEAST / 20) / 2
    half_y = max(min(high * times, _MOST), _LEAST / 20) / 2
    x = min(max(middle_x, half_x - 180 * UNIT), 180 * UNIT - half_x)
    y = min(max(middle_y, half_y - 90 * UNIT), 90 * UNIT - half_y)
    return Frame(round(x - half_x), round(y - half_y), round(x + half_x), round(y + half_y))


def path_of(view: View, shape: Shape) -> str:
    """Give the path of a line or polygon on the paper; of a point the place of its mark."""
    if shape.kind == "point":
        x, y = view.at(shape.parts[0][0])
        return f"{x:.1f},{y:.1f}"
    return " ".join(_path([view.at(one) for one in part]) for part in shape.parts)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in places)


@dataclass(frozen=True, slots=True)
class Bar:
    """The scale: a length in metres, and how long that is on the paper."""

    metres: int
    length: str


def bar_of(view: View) -> Bar:
    """Give the longest round length that a fifth of the paper holds."""
    most = WIDTH / 5 * _METRES / view.scale
    power = 10 ** max(math.floor(math.log10(most)), 0)
    metres = max((step * power for step in _STEPS if step * power <= most), default=1)
    return Bar(metres, f"{metres / _METRES * view.scale:.1f}")


@dataclass(frozen=True, slots=True)
class Named:
    """The name of a place, where it stands."""

    name: str
    x: str
    y: str


def names_of(view: View, places: Iterable[tuple[str, Position]], most: int = 24) -> list[Named]:
    """Give the names that fit, first come first placed: none on another, none over the edge."""
    found: list[Named] = []
    taken: list[tuple[float, float, float]] = []
    for name, place in places:
        x, y = view.at(place)
        half = len(name) * _LETTER / 2
        free = all(abs(x - ox) > half + oh or abs(y - oy) > _LINE for ox, oy, oh in taken)
        inside = half < x < WIDTH - half and _LINE < y < HEIGHT - _LINE
        if free and inside and len(found) < most:
            taken.append((x, y, half))
            found.append(Named(name, f"{x:.1f}", f"{y:.1f}"))
    return found
