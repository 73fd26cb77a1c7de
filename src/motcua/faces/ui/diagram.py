"""Sơ đồ quy trình: a procedure as a picture with a lane for each office, drawn from its steps.

Each step has a column of its own, so that an arrow that goes up or down in the column of its
target never crosses a box. Ways on run in the middle of a lane, or over it where a box stands
between; ways back run under the boxes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.core.agencies.queries import UnknownAgency, agency_by_code
from motcua.core.procedures.declaration import Declaration, Text
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.flow.definition import Kind, LegRule, Move, Step
from motcua.kernel.vietnamese import format_number

_LABEL, _BOX, _GAP, _TALL, _PAD, _TOP = 98, 98, 24, 70, 24, 8
_LANE = _TALL + 2 * _PAD
_LETTERS, _MOST_LINES, _LINE = 15, 3, 15
_END_TALL = 44
_HOUR = 60
_ON = frozenset({Kind.FORWARD, Kind.HAND_OVER})


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text at a point; `soft` where it only adds to the others."""

    x: int
    y: int
    text: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A step, a consultation (`kind` leg) or an end, with its lines of text."""

    kind: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from box to box; `kind`: on, back, ask, out."""

    kind: str
    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Lane:
    """The band of an office."""

    y: int
    height: int
    lines: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A step in words: for the table beside the picture, which says all that it shows."""

    number: int
    name: str
    office: str
    limit: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """The picture and the same in words."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    rows: tuple[Row, ...]

    @property
    def told(self) -> str:
        """The picture as one text, for who does not see it."""
        return " ".join(
            f"{row.number}. {row.name}, {row.office}{', ' if row.limit else ''}{row.limit}:"
            f" {'; '.join(row.ways)}."
            for row in self.rows
        )


_Office = tuple[str, str]


class _Drawing:
    """Works out where things stand; everything is decided by the order of the declaration."""

    def __init__(self, declaration: Declaration, posts: Mapping[str, Text]) -> None:
        self._declaration, self._posts = declaration, posts
        self._flow = declaration.flow
        work: list[Step | LegRule] = [*self._flow.steps, *self._legs()]
        self._offices = list(dict.fromkeys(map(_office, work)))
        self._columns = {step.key: number for number, step in enumerate(self._flow.steps)}

    def draw(self) -> Diagram:
        """Give the picture."""
        width = self._x(len(self._columns)) + _BOX + _GAP
        lanes = tuple(
            Lane(self._y(n), _LANE, _lines(self._name_of(one), _LABEL // 2, self._y(n), _LANE))
            for n, one in enumerate(self._offices)
        )
        steps = tuple(self._step_box(step) for step in self._flow.steps)
        legs = tuple(self._leg_box(leg) for leg in self._legs())
        return Diagram(
            width=width,
            height=self._y(len(self._offices)) + _TOP,
            lanes=lanes,
            boxes=(*steps, *legs, *self._end_boxes()),
            arrows=tuple(self._arrows()),
            rows=tuple(self._row(n, step) for n, step in enumerate(self._flow.steps, start=1)),
        )

    def _legs(self) -> list[LegRule]:
        """The consultations that some step can open."""
        opened = {
            key for move in self._flow.moves if move.kind is Kind.CONSULT for key in move.legs
        }
        return [leg for leg in self._flow.legs if leg.key in opened]

    def _name_of(self, office: _Office) -> str:
        post, where = office
        named = self._posts.get(post)
        name = named.text(language()) if named else post
        if where == "superior":
            return _("%(post)s cấp trên") % {"post": name}
        return f"{name}, {_agency_name(where)}" if where else name

    @staticmethod
    def _x(column: int) -> int:
        return _LABEL + _GAP // 2 + column * (_BOX + _GAP)

    @staticmethod
    def _y(lane: int) -> int:
        return _TOP + lane * _LANE

    def _lane(self, one: Step | LegRule) -> int:
        return self._offices.index(_office(one))

    def _middle(self, step: Step) -> tuple[int, int]:
        """Give the middle of the box of a step."""
        x = self._x(self._columns[step.key]) + _BOX // 2
        return x, self._y(self._lane(step)) + _LANE // 2

    def _step_box(self, step: Step) -> Box:
        x, y = self._x(self._columns[step.key]), self._y(self._lane(step)) + _PAD
        name = self._declaration.step_names[step.key].text(language())
        lines = _lines(name, x + _BOX // 2, y, _TALL, more=_limit(step.minutes))
        return Box("step", x, y, _BOX, _TALL, lines)

    def _leg_column(self, leg: LegRule) -> int:
        """Beside the step that opens it, where its lane has a free column."""
        opener = self._opener(leg)
        taken = {self._columns[s.key] for s in self._flow.steps if self._lane(s) == self._lane(leg)}
        earlier = self._legs()[: self._legs().index(leg)]
        taken |= {self._leg_column(one) for one in earlier if self._lane(one) == self._lane(leg)}
        column = self._columns[opener.key] if opener else 0
        while column in taken:
            column += 1
        return column

    def _opener(self, leg: LegRule) -> Step | None:
        for move in self._flow.moves:
            if move.kind is Kind.CONSULT and leg.key in move.legs:
                return self._flow.step.get(move.sources[0])
        return None

    def _leg_box(self, leg: LegRule) -> Box:
        x, y = self._x(self._leg_column(leg)), self._y(self._lane(leg)) + _PAD
        name = self._declaration.leg_names[leg.key].text(language())
        lines = _lines(name, x + _BOX // 2, y, _TALL, more=_limit(leg.minutes))
        return Box("leg", x, y, _BOX, _TALL, lines)

    def _reached(self) -> list[tuple[str, Step]]:
        """The ends that steps go on to, each once, with a step that does."""
        found: dict[str, Step] = {}
        for move in self._flow.moves:
            if move.kind is Kind.FORWARD and move.target in self._flow.end:
                found.setdefault(str(move.target), self._flow.step[move.sources[-1]])
        return list(found.items())

    def _end_at(self, number: int, step: Step) -> tuple[int, int]:
        """Where an end stands: after all steps, in the lane of the step that goes on to it."""
        lane = self._y(self._lane(step))
        return self._x(len(self._columns)), lane + _PAD + 4 + number * (_END_TALL + 6)

    def _end_boxes(self) -> list[Box]:
        boxes = []
        for number, (key, step) in enumerate(self._reached()):
            x, y = self._end_at(number, step)
            name = self._declaration.end_names[key].text(language())
            lines = _lines(name, x + _BOX // 2, y, _END_TALL)
            boxes.append(Box("end", x, y, _BOX, _END_TALL, lines))
        return boxes

    def _arrows(self) -> list[Arrow]:
        found: dict[tuple[str, str], Arrow] = {}
        for move in self._flow.moves:
            for arrow in self._of_move(move):
                found.setdefault((arrow.kind, arrow.path), arrow)
        return list(found.values())

    def _of_move(self, move: Move) -> list[Arrow]:
        sources = [self._flow.step[key] for key in move.sources if key in self._flow.step]
        name = self._declaration.move_names[move.key].text(language())
        if move.kind is Kind.CONSULT:
            legs = [leg for leg in self._legs() if leg.key in move.legs]
            return [Arrow("ask", self._to_leg(leg, one), name) for one in sources for leg in legs]
        target = self._flow.step.get(move.target or "")
        if move.kind is Kind.BACK and target is not None:
            return [Arrow("back", self._under(one, target), name) for one in sources]
        if move.kind in _ON and target is not None:
            return [Arrow("on", self._onward(one, target), name) for one in sources]
        if move.kind is Kind.FORWARD and move.target in self._flow.end:
            ends = [key for key, _ in self._reached()]
            number = ends.index(str(move.target))
            return [Arrow("on", self._to_end(one, number), name) for one in sources]
        if move.kind in {Kind.REFUSE, Kind.STOP}:
            return [Arrow("out", self._out(one), name) for one in sources]
        return []

    def _onward(self, one: Step, other: Step) -> str:
        if self._columns[other.key] <= self._columns[one.key]:
            return self._under(one, other)
        (x, y), (to, down) = self._middle(one), self._middle(other)
        bend = to - _BOX // 2 - _GAP // 2
        if self._between(one, self._columns[other.key]):
            over = self._y(self._lane(one)) + _PAD // 2
            return f"M{x} {y - _TALL // 2}V{over}H{bend}V{down}H{to - _BOX // 2 - 2}"
        return f"M{x + _BOX // 2} {y}H{bend}V{down}H{to - _BOX // 2 - 2}"

    def _between(self, one: Step, column: int) -> bool:
        here = self._columns[one.key]
        boxes = [(self._columns[s.key], self._lane(s)) for s in self._flow.steps]
        boxes += [(self._leg_column(leg), self._lane(leg)) for leg in self._legs()]
        return any(lane == self._lane(one) and here < at < column for at, lane in boxes)

    def _under(self, one: Step, other: Step) -> str:
        """Back: under the boxes of the own lane, then up or down in the column of the target."""
        (x, y), (to, down) = self._middle(one), self._middle(other)
        under = self._y(self._lane(one)) + _LANE - _PAD // 3
        edge = _TALL // 2 + 2 if down <= under else -_TALL // 2 - 2
        return f"M{x - 14} {y + _TALL // 2}V{under}H{to + 14}V{down + edge}"

    def _to_end(self, one: Step, number: int) -> str:
        x, y = self._middle(one)
        to, top = self._end_at(number, self._reached()[number][1])
        down = top + _END_TALL // 2
        if self._between(one, len(self._columns)):
            over = self._y(self._lane(one)) + _PAD // 2
            return f"M{x} {y - _TALL // 2}V{over}H{to - _GAP // 2}V{down}H{to - 2}"
        return f"M{x + _BOX // 2} {y}H{to - _GAP // 2}V{down}H{to - 2}"

    def _to_leg(self, leg: LegRule, one: Step) -> str:
        """Straight down or up to one in its own column, else through the gap beside the step."""
        x, y = self._middle(one)
        column, lane = self._leg_column(leg), self._y(self._lane(leg))
        to, down = self._x(column) + _BOX // 2 + 30, lane > y
        start = y + _TALL // 2 if down else y - _TALL // 2
        channel = lane + _PAD // 3 if down else lane + _LANE - _PAD // 3
        tip = lane + _PAD - 2 if down else lane + _PAD + _TALL + 2
        if column == self._columns[one.key] and not self._in_the_way(leg, one):
            return f"M{x + 30} {start}V{tip}"
        near = self._y(self._lane(one)) + (_LANE - _PAD // 3 if down else _PAD // 3)
        gap = x + _BOX // 2 + 6
        return f"M{x + 30} {start}V{near}H{gap}V{channel}H{to}V{tip}"

    def _in_the_way(self, leg: LegRule, one: Step) -> bool:
        """Tell whether another consultation stands in the column between a step and a leg."""
        low, high = sorted((self._lane(one), self._lane(leg)))
        return any(
            low < self._lane(other) < high and self._leg_column(other) == self._leg_column(leg)
            for other in self._legs()
        )

    def _out(self, one: Step) -> str:
        """A short way down out of a step: it ends there, for a reason that is told."""
        x, y = self._middle(one)
        return f"M{x - _BOX // 2 + 12} {y + _TALL // 2}v{_PAD - 8}"

    def _row(self, number: int, step: Step) -> Row:
        ways = [self._way(one) for one in self._flow.moves if step.key in one.sources]
        name = self._declaration.step_names[step.key].text(language())
        return Row(number, name, self._name_of(_office(step)), _limit(step.minutes), tuple(ways))

    def _way(self, move: Move) -> str:
        name = self._declaration.move_names[move.key].text(language())
        if move.kind is Kind.CONSULT:
            legs = (self._declaration.leg_names[key].text(language()) for key in move.legs)
            return f"{name} ({', '.join(legs)})"
        names = {**self._declaration.step_names, **self._declaration.end_names}
        target = names.get(move.target or "")
        return f"{name} → {target.text(language())}" if target else name


def diagram(declaration: Declaration, posts: Mapping[str, Text]) -> Diagram:
    """Draw a procedure; `posts` are the names of posts by key."""
    return _Drawing(declaration, posts).draw()


def _office(one: Step | LegRule) -> _Office:
    """Where the work lies: the agency that received it, one above it, or one that is named."""
    if one.agency in {"receiving", "same"}:
        return one.post, ""
    return one.post, one.agency.removeprefix("code:")


def _agency_name(code: str) -> str:
    try:
        return agency_by_code(code).short(language())
    except UnknownAgency:
        return code


def _limit(minutes: int) -> str:
    if not minutes:
        return ""
    hours = Decimal(minutes) / _HOUR
    told = {"n": format_number(round(hours, 1) if minutes % _HOUR else int(hours), language())}
    return ngettext("%(n)s giờ", "%(n)s giờ", max(1, round(hours))) % told


def _lines(text: str, x: int, y: int, height: int, *, more: str = "") -> tuple[Word, ...]:
    """Break a text into lines around the middle of a box; what does not fit ends in dots."""
    lines = _broken(text, _MOST_LINES)
    count = len(lines) + bool(more)
    top = y + height // 2 - (count - 1) * _LINE // 2 + 4
    words = [Word(x, top + n * _LINE, line) for n, line in enumerate(lines)]
    return (*words, *([Word(x, top + len(lines) * _LINE, more, soft=True)] if more else []))


def _broken(text: str, most: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= _LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]}…"]
    return lines
