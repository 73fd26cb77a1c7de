"""A shape as a small drawing: no map, only what it looks like, and where north is (up)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from motcua.kernel.geometry import UNIT, Position, Shape

WIDTH, HEIGHT, EDGE = 320, 200, 16
_LEAST = 200
"""In ten-millionths of a degree: a point, or a shape of two metres, is not blown up."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the drawing is made of: the path of a line or polygon, and the points to mark."""

    kind: str
    path: str
    points: tuple[tuple[str, str], ...]
    width: int = WIDTH
    height: int = HEIGHT


def sketch(shape: Shape) -> Sketch:
    """Draw a shape into the frame, east and north in one scale."""
    west, south, east, north = shape.bounds()
    squeeze = math.cos(math.radians((south + north) / 2 / UNIT)) or 1.0
    wide, high = max((east - west) * squeeze, _LEAST), max(north - south, _LEAST)
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    middle = ((west + east) / 2, (south + north) / 2)

    def placed(one: Position) -> tuple[float, float]:
        x = WIDTH / 2 + (one[0] - middle[0]) * squeeze * scale
        y = HEIGHT / 2 - (one[1] - middle[1]) * scale
        return round(x, 1), round(y, 1)

    parts = [[placed(one) for one in part] for part in shape.parts]
    ends = parts[0] if shape.kind == "point" else [parts[0][0], parts[0][-1]]
    path = "" if shape.kind == "point" else " ".join(_path(part) for part in parts)
    marked = () if shape.kind == "polygon" else ends
    # As text: a template would write a fraction with the comma of the language.
    return Sketch(shape.kind, path, tuple((f"{x:g}", f"{y:g}") for x, y in marked))


def _path(part: list[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:g},{y:g}" for x, y in part)
