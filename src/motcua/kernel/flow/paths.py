"""Paths through a definition: the main one, the part of it on the legal clock, the longest one.

The *main path* takes at each step the first declared FORWARD move to a place not yet passed. It
is what the steps bar shows and what the table of an internal process lists (HANDBOOK §2.9).
Everything here also answers for a definition with faults; unknown targets end a path.
"""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from motcua.kernel.flow.definition import ClockOp, Definition, Kind, Move
from motcua.kernel.flow.engine import LEAVING


def main_moves(definition: Definition) -> tuple[Move, ...]:
    """List the moves of the main path in order."""
    return tuple(move for move, _target in _walk(definition))


def main_path(definition: Definition) -> tuple[str, ...]:
    """List the places of the main path: the start step, the steps after it, and the end if any."""
    return (definition.start, *(target for _move, target in _walk(definition)))


def clocked_path(definition: Definition) -> tuple[str, ...]:
    """List the steps of the main path where the clock runs: after its START, up to its STOP."""
    steps: list[str] = []
    running = False
    for move, target in _walk(definition):
        running = move.clock is ClockOp.START or (running and move.clock is not ClockOp.STOP)
        if running and target in definition.step:
            steps.append(target)
    return tuple(steps)


def minutes(definition: Definition, steps: tuple[str, ...]) -> int:
    """Add up the working minutes of those steps that count towards the legal limit."""
    known = (definition.step[key] for key in steps if key in definition.step)
    return sum(step.minutes for step in known if step.counted)


def forward_cycle(definition: Definition) -> tuple[str, ...]:
    """Give the steps of some circle of FORWARD moves (first one again at the end), or nothing."""
    try:
        TopologicalSorter(_forward(definition)).prepare()
    except CycleError as circle:
        return tuple(reversed(circle.args[1]))
    return ()


def longest_path(definition: Definition) -> tuple[str, ...]:
    """Give the steps of the longest path of FORWARD moves on the clock, by counted minutes.

    It begins on a step where a START leaves the token and ends where a STOP or an end follows.
    The FORWARD moves must form no circle (`forward_cycle`), else `graphlib.CycleError` is raised.
    """
    rest: dict[str, tuple[str, ...]] = {}
    for key in TopologicalSorter(_forward(definition)).static_order():
        tails = [rest[target] for target in _running_on(definition, key)]
        rest[key] = (key, *max(tails, key=lambda tail: minutes(definition, tail), default=()))
    begun = [rest[key] for move in definition.moves for key in _begun(definition, move)]
    return max(begun, key=lambda path: minutes(definition, path), default=())


def _walk(definition: Definition) -> list[tuple[Move, str]]:
    taken: list[tuple[Move, str]] = []
    at, passed = definition.start, {definition.start}
    while onward := _first_forward(definition, at, passed):
        taken.append(onward)
        at = onward[1]
        passed.add(at)
    return taken


def _first_forward(definition: Definition, at: str, passed: set[str]) -> tuple[Move, str] | None:
    for move in definition.moves:
        target = move.target
        if move.kind is not Kind.FORWARD or target is None or at not in move.sources:
            continue
        if target not in passed and (target in definition.step or target in definition.end):
            return move, target
    return None


def _forward(definition: Definition) -> dict[str, set[str]]:
    after: dict[str, set[str]] = {key: set() for key in definition.step}
    for move in definition.moves:
        if move.kind is Kind.FORWARD and move.target in after:
            for source in after.keys() & set(move.sources):
                after[source].add(move.target)
    return after


def _running_on(definition: Definition, key: str) -> list[str]:
    return [
        move.target
        for move in definition.moves
        if move.kind is Kind.FORWARD
        and move.clock is not ClockOp.STOP
        and key in move.sources
        and move.target in definition.step
    ]


def _begun(definition: Definition, move: Move) -> tuple[str, ...]:
    if move.clock is not ClockOp.START:
        return ()
    stands = (move.target,) if move.kind in LEAVING and move.target else move.sources
    return tuple(key for key in stands if key in definition.step)
