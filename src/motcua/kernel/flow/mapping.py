"""Taking a running dossier to another version of its procedure, by a map from the old to the new.

A map names, for every step, leg and counted move (one with a limit on the number of times) of the
old version, what it becomes in the new one. Steps may fall together; legs and counted moves may
fall away (an empty name), but an open leg is never dropped: its dossier is refused until the answer
is in. Several counted moves may become one: their numbers are added.

`map_faults` finds, before a map is published, whatever could leave a dossier where the new version
cannot go on: for every place, clock and code that the old version can bring about, the new version
must be able to bring about the same at the mapped place (so `checks` vouches for all that follows),
and consultations that may be open there must be among those that the mapped step opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from motcua.kernel.flow.checks_clock import cases
from motcua.kernel.flow.definition import Definition, Kind, Leg, Marking
from motcua.kernel.flow.engine import Ended, LegFallsAway, Waiting
from motcua.kernel.flow.faults import Fault, fault

MIGRATE = "migrate"
"""The act that takes a dossier to another version, whatever its procedure declares."""


@dataclass(frozen=True, slots=True)
class FlowMap:
    """What each step, leg and counted move becomes; an empty name lets a leg or move fall away."""

    steps: Mapping[str, str]
    legs: Mapping[str, str]
    moves: Mapping[str, str]


def map_faults(old: Definition, new: Definition, told: FlowMap) -> tuple[Fault, ...]:
    """List all that forbids publishing the map; what it lacks comes first, by name."""
    found = [*_names(old, new, told)]
    return tuple(found or [*_leg_faults(old, new, told), *_clock_faults(old, new, told)])


def mapped(marking: Marking, new: Definition, told: FlowMap) -> Marking:
    """Give the marking in the new version, by a map without faults.

    Raises `Ended` for a dossier at an end, `Waiting` while the applicant is awaited (they were told
    what to bring under the old version) and `LegFallsAway`.
    """
    if marking.at not in told.steps:
        raise Ended(at=marking.at)
    if marking.waiting:
        raise Waiting(move=MIGRATE)
    lost = [leg.key for leg in marking.legs if not leg.replied and not told.legs[leg.key]]
    if lost:
        raise LegFallsAway(legs=tuple(lost))
    legs = [Leg(one.number, told.legs[one.key], one.replied) for one in marking.legs]
    return replace(
        marking,
        at=told.steps[marking.at],
        legs=tuple(leg for leg in legs if leg.key),
        used=_used(marking, new, told),
        settled=tuple(sorted({told.legs[key] for key in marking.settled} - {""})),
    )


def _used(marking: Marking, new: Definition, told: FlowMap) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for key, times in marking.used:
        move = new.move.get(told.moves[key])
        if move is not None and move.at_most:
            counts[move.key] = counts.get(move.key, 0) + times
    return tuple(sorted(counts.items()))


def _names(old: Definition, new: Definition, told: FlowMap) -> Iterator[Fault]:
    counted = {move.key: move for move in old.moves if move.at_most}

    def same_kind(source: str, target: str) -> bool:
        return target in new.move and new.move[target].kind is counted[source].kind

    yield from name_faults("steps", told.steps, old.step, lambda _, target: target in new.step)
    yield from name_faults(
        "legs", told.legs, old.leg, lambda _, target: not target or target in new.leg
    )
    yield from name_faults(
        "moves", told.moves, counted, lambda source, target: not target or same_kind(source, target)
    )


def name_faults(
    part: str,
    told: Mapping[str, str],
    sources: Mapping[str, object],
    fits: Callable[[str, str], bool],
) -> Iterator[Fault]:
    """Find names that a part of a map lacks, or that one of the two versions lacks."""
    for key in sources:
        if key not in told:
            yield fault("flow.map_missing", f"{part}.{key}", key=key)
    for key, target in told.items():
        if key not in sources:
            yield fault("flow.map_unknown", f"{part}.{key}", key=key)
        elif not fits(key, target):
            yield fault("flow.map_no_such_target", f"{part}.{key}", key=target)


def _leg_faults(old: Definition, new: Definition, told: FlowMap) -> Iterator[Fault]:
    becomes: dict[str, str] = {}
    for key, target in told.legs.items():
        if target and target in becomes:
            yield fault("flow.map_legs_merge", f"legs.{key}", key=key, other=becomes[target])
        becomes[target] = key
    for step, target in told.steps.items():
        there = _asked(new, target)
        for leg in sorted({told.legs[key] for key in _asked(old, step)} - there - {""}):
            yield fault("flow.map_leg_elsewhere", f"steps.{step}", leg=leg, step=target)


def _asked(definition: Definition, step: str) -> set[str]:
    consulting = (move for move in definition.moves if move.kind is Kind.CONSULT)
    return {key for move in consulting if step in move.sources for key in move.legs}


def _clock_faults(old: Definition, new: Definition, told: FlowMap) -> Iterator[Fault]:
    possible = cases(new)
    unlike = {
        (case.at, case.clock, case.coded)
        for case in cases(old)
        if case.at in told.steps and not case.waiting
        if replace(case, at=told.steps[case.at]) not in possible
    }
    for step, clock, coded in sorted(unlike):
        yield fault(
            "flow.map_clock",
            f"steps.{step}",
            step=told.steps[step],
            state=clock,
            coded="✓" if coded else "–",
        )
