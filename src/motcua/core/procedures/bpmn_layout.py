"""Where the shapes of a BPMN diagram lie: a lane for each post, a column for each step. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.procedures.bpmn_graph import Graph, Node, Shape

_LEFT, _COLUMN, _ROW = 60, 320, 110
_TASK = (140, 70)
_SMALL = {Shape.CHOICE: 50, Shape.FORK: 50, Shape.JOIN: 50}
_EVENT = 36


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int


def layout(graph: Graph, lanes: tuple[str, ...]) -> dict[str, Box]:
    """Give a place to every lane and node: no two nodes overlap."""
    places = _places(graph)
    rows: dict[str, int] = {}
    taken: dict[tuple[str, int], int] = {}
    spots: dict[str, tuple[int, int]] = {}
    for node in graph.nodes:
        column = places[node.key]
        row = taken.get((node.lane, column), 0)
        taken[node.lane, column] = row + 1
        spots[node.key] = (column, row)
        rows[node.lane] = max(rows.get(node.lane, 1), row + 1)
    tops, top = {}, 0
    for lane in lanes:
        tops[lane] = top
        top += rows[lane] * _ROW
    width = _LEFT + (max(places.values()) + 1) * _COLUMN // 2
    boxes = {f"lane_{key}": Box(0, tops[key], width, rows[key] * _ROW) for key in lanes}
    for node in graph.nodes:
        column, row = spots[node.key]
        boxes[node.key] = _box(node, column, tops[node.lane] + row * _ROW)
    return boxes


def _places(graph: Graph) -> dict[str, int]:
    """Give each node its half column: tasks on even ones, what follows a task right after it."""
    places: dict[str, int] = {}
    column = 0
    for node in graph.nodes:
        if node.key.startswith("step_"):
            column += 2
        places[node.key] = column + (0 if node.shape in {Shape.START, Shape.TASK} else 1)
    last = column + 2
    places.update({node.key: last for node in graph.nodes if node.shape is Shape.END})
    return places


def _box(node: Node, column: int, top: int) -> Box:
    left = _LEFT + column * _COLUMN // 2
    if node.shape is Shape.TASK:
        return Box(left, top + (_ROW - _TASK[1]) // 2, *_TASK)
    size = _SMALL.get(node.shape, _EVENT)
    return Box(left, top + (_ROW - size) // 2, size, size)


def edge(source: Box, target: Box) -> tuple[tuple[int, int], ...]:
    """Give the points of an arrow: from side to side onward, round above on the way back."""
    if target.x > source.x + source.width:
        begin = (source.x + source.width, source.y + source.height // 2)
        end = (target.x, target.y + target.height // 2)
        middle = (begin[0] + end[0]) // 2
        return (begin, (middle, begin[1]), (middle, end[1]), end)
    begin = (source.x + source.width // 2, source.y)
    end = (target.x + target.width // 2, target.y)
    above = min(begin[1], end[1]) - 15
    return (begin, (begin[0], above), (end[0], above), end)
