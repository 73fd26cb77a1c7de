"""Shapes have one spelling, whichever way they come, and lengths of the sphere."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import geometry
from motcua.kernel.errors import Refused
from motcua.kernel.geometry import RADIUS, UNIT, Shape, distance, kept, parse

POSITIONS = st.tuples(st.integers(-180 * UNIT, 180 * UNIT), st.integers(-90 * UNIT, 90 * UNIT))


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("21.0285, 105.8542", "point"),
        ("21.0285 105.8542", "point"),
        ("POINT (105.8542 21.0285)", "point"),
        ("point(105.8542 21.0285 12)", "point"),
        ('{"type":"Point","coordinates":[105.8542,21.0285]}', "point"),
        ({"type": "Point", "coordinates": [105.8542, 21.0285, 3]}, "point"),
    ],
)
def test_a_point_is_one_however_it_is_written(told, kind):
    shape = parse(told, kind)
    assert shape == Shape("point", (((1058542000, 210285000),),))
    assert shape.text() == '{"type":"Point","coordinates":[105.8542,21.0285]}'
    assert shape.wkt() == "POINT (105.8542 21.0285)"
    assert shape.lines() == "21.0285, 105.8542"


def test_a_typed_polygon_closes_itself():
    shape = parse("21, 105\n21, 106\n22, 106", "polygon")
    assert shape.parts[0][0] == shape.parts[0][-1]
    assert shape.wkt() == "POLYGON ((105 21, 106 21, 106 22, 105 21))"


@given(st.lists(POSITIONS, min_size=2, max_size=6))
def test_every_spelling_comes_back(positions):
    shape = Shape("line", (tuple(positions),))
    assert kept(shape.text()) == shape
    assert parse(shape.text(), "line") == shape
    assert parse(shape.wkt(), "line") == shape
    assert parse(shape.lines(), "line") == shape
    assert parse(shape.geojson(), "line") == shape


@pytest.mark.parametrize(
    ("told", "kind", "code"),
    [
        ("21.0285", "point", "unreadable"),
        ("21,0285, 105,85", "point", "unreadable"),
        ("POINT (1)", "point", "unreadable"),
        ("{", "point", "unreadable"),
        ({"type": "Point", "coordinates": ["x", 1]}, "point", "unreadable"),
        ({"type": "Point", "coordinates": [True, 1]}, "point", "unreadable"),
        ({"type": "Point", "coordinates": [math.nan, 1]}, "point", "unreadable"),
        ({"type": "Circle"}, "point", "unreadable"),
        ({"type": "Polygon", "coordinates": 3}, "polygon", "unreadable"),
        ([1, 2], "point", "unreadable"),
        ({"type": "Point", "coordinates": [1e300, 1]}, "point", "outside"),
        ("105.85, 21.02", "point", "outside"),
        ("LINESTRING (105 21, 106 21)", "point", "kind"),
        ("LINESTRING (105 21)", "line", "too_small"),
        ("POLYGON ((105 21, 106 21, 106 22))", "polygon", "too_small"),
        ({"type": "Polygon", "coordinates": []}, "polygon", "too_small"),
        ({"type": "LineString", "coordinates": [[1, 1]] * 5001}, "line", "too_large"),
    ],
)
def test_what_is_no_shape_is_refused(told, kind, code):
    with pytest.raises(Refused) as refused:
        parse(told, kind)
    assert refused.value.code == f"geometry.{code}"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        shape = parse(text, "line")
    except Refused:
        return
    assert shape is None or parse(shape.text(), "line") == shape


def test_nothing_is_no_shape():
    assert parse(None, "point") is None
    assert parse("  ", "point") is None
    assert kept("") is None


def test_lengths_are_those_of_the_sphere():
    quarter = distance((0, 0), (90 * UNIT, 0))
    assert quarter == pytest.approx(math.pi / 2 * RADIUS)
    line = parse("0, 0\n0, 45\n0, 90", "line")
    assert line.length() == pytest.approx(quarter)
    assert line.bounds() == (0, 0, 90 * UNIT, 0)
    assert geometry.RADIUS == 6_371_008.8


@given(POSITIONS, POSITIONS)
def test_it_is_as_far_back_as_there(a, b):
    assert distance(a, b) == distance(b, a) >= 0
    assert distance(a, a) == 0


@given(st.lists(POSITIONS, min_size=3, max_size=6), st.data())
def test_the_parts_of_a_line_are_as_long_as_the_whole(positions, data):
    cut = data.draw(st.integers(1, len(positions) - 2))
    whole, first, rest = (
        Shape("line", (tuple(part),)).length()
        for part in (positions, positions[: cut + 1], positions[cut:])
    )
    assert whole == pytest.approx(first + rest, rel=1e-9)


@given(POSITIONS, POSITIONS)
def test_the_length_is_the_arc_of_the_chord(a, b):
    """By vectors instead of the haversine: two ways to one sphere."""
    u, v = (vector(one) for one in (a, b))
    arc = 2 * RADIUS * math.asin(min(1.0, math.dist(u, v) / 2))
    assert distance(a, b) == pytest.approx(arc, rel=1e-6, abs=1e-3)


def vector(one: geometry.Position) -> tuple[float, float, float]:
    x, y = (math.radians(part / UNIT) for part in one)
    return math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)
