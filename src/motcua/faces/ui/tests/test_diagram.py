"""The picture of a procedure: a lane for each office, no arrow through a box, and all in words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from django.template.loader import render_to_string

from motcua.core.dossiers.tests.world import FLOW, declaration, make_world
from motcua.core.procedures.declaration import Text
from motcua.core.procedures.reading import read
from motcua.core.procedures.systems import load
from motcua.faces.ui.diagram import Box, Diagram, diagram

ONE_STOP = load("motcua.systems.one_stop")


def small(db) -> Diagram:
    make_world()
    return diagram(declaration(), ONE_STOP.declaration.posts)


def shipped() -> list[str]:
    return sorted(ONE_STOP.procedures)


def points(path: str) -> list[tuple[int, int]]:
    """Follow a path of M, H, V and v."""
    found, x, y = [], 0, 0
    for word, first, second in re.findall(r"([MHVv])(-?\d+)(?: (-?\d+))?", path):
        match word:
            case "M":
                x, y = int(first), int(second)
            case "H":
                x = int(first)
            case "V":
                y = int(first)
            case "v":
                y += int(first)
        found.append((x, y))
    return found


def crosses(box: Box, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a straight line runs through the inside of a box."""
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    inner = (box.x + 1, box.y + 1, box.x + box.width - 1, box.y + box.height - 1)
    return left < inner[2] and right > inner[0] and top < inner[3] and bottom > inner[1]


def test_each_step_stands_in_the_lane_of_its_office(db):
    found = small(db)
    steps = [box for box in found.boxes if box.kind == "step"]
    assert len(steps) == len(FLOW.steps)
    assert len({box.x for box in steps}) == len(steps)  # a column of its own
    assert steps[0].y == steps[-1].y  # both at the counter
    first = found.lanes[0]
    assert " ".join(word.text for word in first.lines) == "Công chức một cửa"


def test_ways_back_opinions_and_refusals_are_drawn(db):
    kinds = {arrow.kind for arrow in small(db).arrows}
    assert kinds == {"on", "back", "ask", "out"}


@pytest.mark.parametrize("name", shipped())
def test_of_no_shipped_procedure_an_arrow_crosses_a_box(db, name):
    told = read(ONE_STOP.procedures[name], system="one_stop")
    found = diagram(told, ONE_STOP.declaration.posts)
    crossed = [
        (arrow.name, " ".join(word.text for word in box.lines))
        for arrow in found.arrows
        for one, other in pairwise(points(arrow.path))
        for box in found.boxes
        if crosses(box, one, other)
    ]
    assert crossed == []


def test_all_that_it_shows_it_says(db):
    found = small(db)
    assert [row.number for row in found.rows] == list(range(1, len(FLOW.steps) + 1))
    assert found.rows[0].limit == "8 giờ"
    assert "receive → assign" in found.told
    assert "consult (police, external)" in found.told


def test_nothing_in_it_is_inline_and_names_are_escaped(db):
    make_world()
    plain = declaration()
    names = {**plain.step_names, "assign": Text("<script>x</script>", "<script>x</script>")}
    found = diagram(replace(plain, step_names=names), ONE_STOP.declaration.posts)
    page = render_to_string("ui/diagram.html", {"diagram": found})
    assert ("style=" in page, "<script" in page, "&lt;script&gt;" in page) == (False, False, True)
