"""The nodes and flows that a procedure becomes in BPMN. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from motcua.core.procedures.declaration import Declaration, Text
from motcua.kernel.calendar import Limit, Unit
from motcua.kernel.flow.definition import Kind, Move, Step

_STAYING = frozenset({Kind.ANSWER, Kind.REPLY, Kind.ASSIGN, Kind.APOLOGISE, Kind.HAND_OVER})


class Shape(Enum):
    """What a node is."""

    START = "start"
    END = "end"
    TASK = "task"
    CHOICE = "choice"
    FORK = "fork"
    JOIN = "join"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Node:
    """A node in the lane of a post; ``remarks`` are what BPMN has no place for."""

    key: str
    shape: Shape
    name: str
    lane: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """An arrow, of a move where it leaves a choice; the first of these is the default."""

    key: str
    source: str
    target: str
    name: str = ""
    move: str = ""
    first: bool = False


@dataclass
class Graph:
    """Nodes and flows, with the remarks of the whole."""

    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def link(self, source: str, target: str, name: str = "", **how: str | bool) -> None:
        """Draw an arrow."""
        key = f"flow_{len(self.flows) + 1}"
        move, first = str(how.get("move", "")), bool(how.get("first"))
        self.flows.append(Flow(key, source, target, name, move, first))


@dataclass(frozen=True, slots=True)
class _Way:
    """One thing that can be done at a step: its move and the node to which it leads."""

    move: Move
    target: str


def graph_of(declaration: Declaration, language: str) -> Graph:
    """Give the graph of a procedure."""
    return _Drawing(declaration, language).drawn()


class _Drawing:
    """A graph that is being drawn."""

    def __init__(self, declaration: Declaration, language: str) -> None:
        self.told, self.language = declaration, language
        self.flow = declaration.flow
        self.graph = Graph()

    def drawn(self) -> Graph:
        start = self.flow.step[self.flow.start]
        self.graph.nodes.append(Node("start", Shape.START, "", start.post))
        self.graph.link("start", f"step_{start.key}")
        for step in self.flow.steps:
            self._step(step)
        for end in self.flow.ends:
            name = self._word(self.told.end_names.get(end.key), end.key)
            lane = self.flow.step[self.flow.start].post
            self.graph.nodes.append(Node(f"end_{end.key}", Shape.END, name, lane))
        self._remarks()
        return self.graph

    def _step(self, step: Step) -> None:
        key = f"step_{step.key}"
        name = self._word(self.told.step_names.get(step.key), step.key)
        remarks = tuple(self._about(step))
        self.graph.nodes.append(Node(key, Shape.TASK, name, step.post, remarks))
        ways = [way for move in self._moves(step) for way in self._ways(step, move)]
        if len(ways) == 1:
            self.graph.link(key, ways[0].target, self._move(ways[0].move))
            return
        choice = f"choice_{step.key}"
        self.graph.nodes.append(Node(choice, Shape.CHOICE, "", step.post))
        self.graph.link(key, choice)
        for number, way in enumerate(ways):
            name, move = self._move(way.move), way.move.key
            self.graph.link(choice, way.target, name, move=move, first=number == 0)

    def _moves(self, step: Step) -> list[Move]:
        """Give the moves of a step, those onward first: the first is the default."""
        found = [move for move in self.flow.moves if step.key in move.sources]
        return sorted(found, key=lambda move: move.kind is not Kind.FORWARD)

    def _ways(self, step: Step, move: Move) -> Iterator[_Way]:
        if move.kind is Kind.SUPPLEMENT:
            yield _Way(move, self._wait(step, move))
        elif move.kind is Kind.CONSULT:
            yield _Way(move, self._consult(step, move))
        elif move.target is not None and move.kind is not Kind.REOPEN:
            kind = "step" if move.target in self.flow.step else "end"
            yield _Way(move, f"{kind}_{move.target}")

    def _wait(self, step: Step, move: Move) -> str:
        answers = (one for one in self._moves(step) if one.kind is Kind.ANSWER)
        answer = next(answers, None)
        key = f"wait_{step.key}_{move.key}"
        name = self._move(answer) if answer else self._move(move)
        self.graph.nodes.append(Node(key, Shape.WAIT, name, step.post))
        self.graph.link(key, f"step_{step.key}")
        return key

    def _consult(self, step: Step, move: Move) -> str:
        """Draw the opinions side by side, between a fork and a join that leads back."""
        legs = [self.flow.leg[key] for key in move.legs]
        fork, join = f"fork_{step.key}_{move.key}", f"join_{step.key}_{move.key}"
        self.graph.nodes.append(Node(fork, Shape.FORK, "", step.post))
        for leg in legs:
            key = f"leg_{step.key}_{move.key}_{leg.key}"
            name = self._word(self.told.leg_names.get(leg.key), leg.key)
            remarks = (leg.agency, self._time(leg.minutes))
            self.graph.nodes.append(Node(key, Shape.TASK, name, leg.post, remarks))
            self.graph.link(fork, key)
            self.graph.link(key, join)
        self.graph.nodes.append(Node(join, Shape.JOIN, "", step.post))
        self.graph.link(join, f"step_{step.key}")
        return fork

    def _about(self, step: Step) -> Iterator[str]:
        yield f"agency: {step.agency}"
        if step.minutes:
            counted = "" if step.counted else " *"
            yield self._time(step.minutes) + counted
        for move in self._moves(step):
            limits = [f"≤ {move.at_most}"] if move.at_most else []
            limits += [f"letter: {move.letter}"] if move.letter else []
            if (move.kind in _STAYING and move.target is None) or limits:
                yield " · ".join([f"{move.kind}: {self._move(move)}", *limits])

    def _remarks(self) -> None:
        if self.told.limit is not None:
            self.graph.remarks.append(self.told.limit.text(self.language))
        self.graph.remarks += [law.text for law in self.told.legal_basis]
        for move in self.flow.moves:
            if move.kind is Kind.REOPEN:
                ends = ", ".join(move.sources)
                self.graph.remarks.append(
                    f"{move.kind}: {self._move(move)} ({ends} → {move.target})"
                )

    def _time(self, minutes: int) -> str:
        if not minutes:
            return "–"
        return Limit(Fraction(minutes, 60), Unit.WORKING_HOUR).text(self.language)

    def _move(self, move: Move) -> str:
        return self._word(self.told.move_names.get(move.key), move.key)

    def _word(self, text: Text | None, key: str) -> str:
        return text.text(self.language) if text else key
