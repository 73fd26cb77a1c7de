"""The frame of a map: every place of it falls on the paper, and the scale is true."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.registers.placing import Frame, framed
from motcua.faces.ui.mapping import HEIGHT, WIDTH, bar_of, names_of, roomy, view_of, ways
from motcua.kernel.geometry import UNIT, distance

EAST = st.integers(-179 * UNIT, 178 * UNIT)
NORTH = st.integers(-80 * UNIT, 79 * UNIT)
SIZE = st.integers(1, UNIT)
FRAMES = st.builds(lambda x, y, w, h: Frame(x, y, x + w, y + h), EAST, NORTH, SIZE, SIZE)
HANOI = Frame(1057000000, 209000000, 1059000000, 211000000)


@given(FRAMES)
def test_every_corner_is_on_the_paper(frame):
    view = view_of(frame)
    for x in (frame.west, frame.east):
        for y in (frame.south, frame.north):
            on_x, on_y = view.at((x, y))
            assert -1 <= on_x <= WIDTH + 1
            assert -1 <= on_y <= HEIGHT + 1


@given(FRAMES)
def test_wherever_one_goes_is_on_the_globe(frame):
    for one in ways(view_of(roomy(frame)).frame).values():
        assert one.is_on_globe


def test_north_is_up_and_the_bar_is_true():
    view = view_of(HANOI)
    middle = ((HANOI.west + HANOI.east) // 2, (HANOI.south + HANOI.north) // 2)
    assert view.at(middle) == pytest.approx((WIDTH / 2, HEIGHT / 2), abs=0.1)
    assert view.at((middle[0], HANOI.north))[1] < HEIGHT / 2
    bar = bar_of(view)
    right = (middle[0] + 100000, middle[1])
    on_paper = view.at(right)[0] - view.at(middle)[0]
    assert distance(middle, right) / on_paper == pytest.approx(
        bar.metres / float(bar.length), rel=2e-3
    )
    assert str(bar.metres)[0] in "125"
    assert math.log10(bar.metres) >= 0


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "nan,0,1,1", "inf,0,1,1", "3,0,1,1", "0,1,1,1", "0,0,1,91"]
)
def test_what_is_no_frame_is_none(text):
    assert framed(text) is None


def test_a_frame_is_read_in_degrees():
    assert framed("105.7,20.9,105.9,21.1") == HANOI


def test_names_do_not_lie_on_one_another():
    view = view_of(HANOI)
    middle = (1058000000, 210000000)
    told = names_of(view, [("Ba Đình", middle), ("Ngọc Hà", middle), ("Xa", (1200000000, 0))])
    assert [one.name for one in told] == ["Ba Đình"]
