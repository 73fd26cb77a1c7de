"""Points, lines and polygons on the globe (WGS 84), as people, GeoJSON and WKT write them.

Positions are whole ten-millionths of a degree (about a centimetre), so that equal shapes have
one spelling and one hash. Lengths are spherical, with the mean radius of the Earth.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from motcua.kernel.errors import Refused

Kind = Literal["point", "line", "polygon"]
Position = tuple[int, int]
"""East and north in `UNIT`s."""

UNIT = 10_000_000
"""So many of ours are one degree."""
RADIUS = 6_371_008.8
"""The mean radius of the Earth in metres."""
MOST_POSITIONS = 5_000

_NAMES: dict[str, Kind] = {"Point": "point", "LineString": "line", "Polygon": "polygon"}
_SPELLED = {kind: name for name, kind in _NAMES.items()}
_PLACES = Decimal(UNIT)
_RING = 4
_NUMBER = r"[+-]?\d{1,3}(?:\.\d{1,20})?"
_PAIR = re.compile(rf"\s*({_NUMBER})(?:\s*[,;]\s*|\s+)({_NUMBER})\s*")
_WKT = re.compile(r"\s*(POINT|LINESTRING|POLYGON)\s*\((.*)\)\s*", re.IGNORECASE | re.DOTALL)


class ShapeUnreadable(Refused):
    """Neither GeoJSON, WKT nor lines of latitude and longitude."""

    code = "geometry.unreadable"
    vi = "Không đọc được vị trí. Ghi mỗi điểm một dòng: vĩ độ, kinh độ; ví dụ 21.0285, 105.8542."
    en = "The place cannot be read. Write a point a line: latitude, longitude: 21.0285, 105.8542."


class ShapeOfAnotherKind(Refused):
    """A line where a point is asked for, and the like."""

    code = "geometry.kind"
    vi = "Vị trí gửi lên là {found}, ở đây cần {wanted}."
    en = "The shape is a {found}; a {wanted} is needed here."


class ShapeOutside(Refused):
    """Beyond the poles or the date line; mostly latitude and longitude were exchanged."""

    code = "geometry.outside"
    vi = "Tọa độ nằm ngoài quả đất; có thể vĩ độ và kinh độ bị đổi chỗ."
    en = "The position is outside the globe; perhaps latitude and longitude were exchanged."


class ShapeTooSmall(Refused):
    """A line of one point, a ring that is not closed."""

    code = "geometry.too_small"
    vi = "Đường cần ít nhất 2 điểm; vùng cần ít nhất 3 điểm và điểm cuối trùng điểm đầu."
    en = "A line has at least 2 points; a polygon at least 3, and ends where it began."


class ShapeTooLarge(Refused):
    """More positions than one thing of a register has."""

    code = "geometry.too_large"
    vi = "Vị trí có {count} điểm, tối đa {limit}."
    en = "The shape has {count} positions; at most {limit} are allowed."


@dataclass(frozen=True, slots=True)
class Shape:
    """A point (one part of one position), a line (one part) or a polygon (its rings)."""

    kind: Kind
    parts: tuple[tuple[Position, ...], ...]

    def text(self) -> str:
        """Give the one spelling that is kept: GeoJSON without spaces."""
        return json.dumps(self.geojson(), separators=(",", ":"))

    def geojson(self) -> dict[str, Any]:
        """Give the GeoJSON geometry (longitude first, as RFC 7946 says)."""
        rings = [[[_degrees(x), _degrees(y)] for x, y in part] for part in self.parts]
        told: Any = rings
        if self.kind == "point":
            told = rings[0][0]
        elif self.kind == "line":
            told = rings[0]
        return {"type": _SPELLED[self.kind], "coordinates": told}

    def wkt(self) -> str:
        """Give the well-known text, which every map program reads from a table."""
        rings = [", ".join(f"{_said(x)} {_said(y)}" for x, y in part) for part in self.parts]
        name = _SPELLED[self.kind].upper()
        if self.kind == "polygon":
            return f"{name} ({', '.join(f'({ring})' for ring in rings)})"
        return f"{name} ({rings[0]})"

    def lines(self) -> str:
        """Give a point a line, latitude first, as people write and type it."""
        return "\n".join(f"{_said(y)}, {_said(x)}" for x, y in self.parts[0])

    def length(self) -> float:
        """Give the length of a line, or around the outer ring of a polygon, in metres."""
        outer = self.parts[0]
        return sum(distance(a, b) for a, b in itertools.pairwise(outer))

    def bounds(self) -> tuple[int, int, int, int]:
        """Give the least and greatest position: west, south, east, north."""
        east = [x for part in self.parts for x, _ in part]
        north = [y for part in self.parts for _, y in part]
        return min(east), min(north), max(east), max(north)


def distance(a: Position, b: Position) -> float:
    """Give the metres between two positions on the sphere (haversine)."""
    (ax, ay), (bx, by) = ((math.radians(x / UNIT), math.radians(y / UNIT)) for x, y in (a, b))
    half = math.sin((by - ay) / 2) ** 2 + math.cos(ay) * math.cos(by) * math.sin((bx - ax) / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(half)))


def parse(told: object, kind: Kind) -> Shape | None:
    """Read a shape of a kind from GeoJSON (parsed or text), WKT or lines "latitude, longitude".

    None where nothing is said. Raises `ShapeUnreadable`, `ShapeOfAnotherKind`, `ShapeOutside`,
    `ShapeTooSmall` or `ShapeTooLarge`.
    """
    if told is None or (isinstance(told, str) and not told.strip()):
        return None
    found, parts = _read(told, kind)
    if found != kind:
        raise ShapeOfAnotherKind(found=found, wanted=kind)
    return _checked(Shape(kind, parts))


def kept(text: str) -> Shape | None:
    """Read back what `Shape.text` gave; None for the empty text."""
    if not text:
        return None
    told = json.loads(text)
    return Shape(_NAMES[told["type"]], _positions(told))


_Parts = tuple[tuple[Position, ...], ...]


def _read(told: object, kind: Kind) -> tuple[Kind, _Parts]:
    if isinstance(told, str):
        text = told.strip()
        if not text.startswith("{"):
            written = _WKT.fullmatch(text)
            return _from_wkt(written) if written else (kind, _from_lines(text, kind))
        try:
            told = json.loads(text)
        except (ValueError, RecursionError) as wrong:
            raise ShapeUnreadable from wrong
    if not isinstance(told, Mapping) or told.get("type") not in _NAMES:
        raise ShapeUnreadable
    return _NAMES[told["type"]], _positions(told)


def _positions(told: Mapping[str, Any]) -> _Parts:
    coordinates = told.get("coordinates")
    kind = _NAMES[told["type"]]
    rings = coordinates
    if kind == "point":
        rings = [[coordinates]]
    elif kind == "line":
        rings = [coordinates]
    if not isinstance(rings, list):
        raise ShapeUnreadable
    return tuple(_ring(ring) for ring in rings)


def _ring(ring: object) -> tuple[Position, ...]:
    if not isinstance(ring, list):
        raise ShapeUnreadable
    return tuple(_position(one) for one in ring)


def _position(one: object) -> Position:
    if not isinstance(one, list) or not 2 <= len(one) <= 3:  # a height may follow
        raise ShapeUnreadable
    east, north = one[:2]
    return _whole(east), _whole(north)


def _whole(told: object) -> int:
    if isinstance(told, bool) or not isinstance(told, int | float | str | Decimal):
        raise ShapeUnreadable
    try:
        degrees = Decimal(str(told))
    except InvalidOperation as wrong:
        raise ShapeUnreadable from wrong
    if not degrees.is_finite():
        raise ShapeUnreadable
    if abs(degrees) > 360:  # no angle; keeps hostile exponents small
        raise ShapeOutside
    return int((degrees * _PLACES).to_integral_value())


def _from_wkt(found: re.Match[str]) -> tuple[Kind, _Parts]:
    name, inner = found[1].upper(), found[2].strip()
    kind = next(kind for spelled, kind in _NAMES.items() if spelled.upper() == name)
    if kind != "polygon":
        return kind, (_wkt_ring(inner),)
    rings = re.split(r"\)\s*,\s*\(", inner.removeprefix("(").removesuffix(")"))
    return kind, tuple(_wkt_ring(ring) for ring in rings)


def _wkt_ring(text: str) -> tuple[Position, ...]:
    pairs = [one.split() for one in text.split(",")]
    if any(len(pair) not in {2, 3} for pair in pairs):
        raise ShapeUnreadable
    return tuple((_whole(pair[0]), _whole(pair[1])) for pair in pairs)


def _from_lines(text: str, kind: Kind) -> _Parts:
    found = [_PAIR.fullmatch(line) for line in text.splitlines() if line.strip()]
    positions = [(_whole(one[2]), _whole(one[1])) for one in found if one is not None]
    if len(positions) != len(found):
        raise ShapeUnreadable
    if kind == "polygon" and positions[0] != positions[-1]:
        positions.append(positions[0])  # people do not say the first corner twice
    if kind == "point" and len(positions) != 1:
        raise ShapeUnreadable
    return (tuple(positions),)


def _checked(shape: Shape) -> Shape:
    count = sum(map(len, shape.parts))
    if count > MOST_POSITIONS:
        raise ShapeTooLarge(count=count, limit=MOST_POSITIONS)
    if not shape.parts or any(_is_small(shape.kind, part) for part in shape.parts):
        raise ShapeTooSmall
    if any(_is_outside(one) for one in _all(shape.parts)):
        raise ShapeOutside
    return shape


def _all(parts: Iterable[Iterable[Position]]) -> Iterable[Position]:
    return (one for part in parts for one in part)


def _is_small(kind: Kind, part: tuple[Position, ...]) -> bool:
    if kind == "polygon":
        return len(part) < _RING or part[0] != part[-1]
    return len(part) < (1 if kind == "point" else 2)


def _is_outside(one: Position) -> bool:
    return abs(one[0]) > 180 * UNIT or abs(one[1]) > 90 * UNIT


def _degrees(whole: int) -> float:
    return whole / UNIT


def _said(whole: int) -> str:
    """Write degrees without needless zeros and never with an exponent."""
    sign, digits = "-" if whole < 0 else "", f"{abs(whole):08d}"
    fraction = digits[-7:].rstrip("0")
    return f"{sign}{digits[:-7]}{'.' if fraction else ''}{fraction}"
