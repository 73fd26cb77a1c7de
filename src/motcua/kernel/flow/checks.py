"""The checks before a definition is published: all faults at once, or none.

**Keys** are unique (steps and ends share one list) and well-formed; ``start`` is a step; every
step, end, leg rule and post that is named exists; agency rules are of the known forms.

**Moves** have a source and somebody who may do them. FORWARD leads to a step or an end; BACK to a
step; REFUSE, WITHDRAW and STOP to an end; HAND_OVER to a step or nowhere; the others nowhere.
REFUSE, STOP, APOLOGISE and REOPEN ask for a reason; APOLOGISE and REOPEN are limited in
number, and APOLOGISE has its letter. Only REOPEN, to a step, starts from ends. A step
where a SUPPLEMENT may leave the dossier waiting (there, or by a HAND_OVER after it) has an ANSWER;
a step that may CONSULT has a REPLY; ANSWER and REPLY are not limited in number. Only CONSULT names
legs, at least one, and every leg rule is named by one. A leg's minutes do not exceed those of a
step that opens it. The holder of each step may do at least one move there that carries the work on
(no REPLY, ANSWER or APOLOGISE).

**Places**: every step and end is reachable from the start, an end is reachable from every step.

**Clock**: see `checks_clock`. **Limits**, where a legal limit is given (working minutes):

* FORWARD moves form no circle (checked with or without a limit);
* a move of the main path starts the clock, and the counted steps of the main path from there up
  to the STOP add up to exactly the limit;
* no path of FORWARD moves from any START up to a STOP or end takes more than the limit.

A restart counts from the beginning again and a hand-over to another tier is agreed on its own, so
neither lengthens a path. Limits on the number of times (``at_most``) are not part of the paths.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from motcua.kernel.flow.checks_clock import clock_faults
from motcua.kernel.flow.checks_moves import move_faults
from motcua.kernel.flow.checks_names import name_faults
from motcua.kernel.flow.definition import ClockOp, Definition, Kind
from motcua.kernel.flow.faults import Fault, fault
from motcua.kernel.flow.paths import (
    clocked_path,
    forward_cycle,
    longest_path,
    main_moves,
    minutes,
)


def check(
    definition: Definition,
    *,
    limit_minutes: int | None = None,
    known_posts: Collection[str] | None = None,
) -> tuple[Fault, ...]:
    """List every fault, in the order of the module's docstring; empty if it may be published.

    ``limit_minutes`` is the legal limit in working minutes (None: the procedure has none);
    ``known_posts`` are the kinds of post that exist (None: not asked).
    """
    return (
        *name_faults(definition, known_posts),
        *move_faults(definition),
        *_place_faults(definition),
        *clock_faults(definition),
        *_limit_faults(definition, limit_minutes),
    )


def _place_faults(definition: Definition) -> Iterator[Fault]:
    onward = _links(definition)
    reached = _closure({definition.start}, onward)
    for part, keys in (("steps", definition.step), ("ends", definition.end)):
        for key in keys:
            if key not in reached:
                yield fault("flow.unreachable", f"{part}.{key}")
    ending = _closure(set(definition.end), {(target, source) for source, target in onward})
    for key in definition.step:
        if key not in ending:
            yield fault("flow.no_way_out", f"steps.{key}")


def _links(definition: Definition) -> set[tuple[str, str]]:
    return {
        (source, move.target)
        for move in definition.moves
        if move.target is not None
        for source in move.sources
        if source in definition.step or move.kind is Kind.REOPEN
    }


def _closure(begin: set[str], links: set[tuple[str, str]]) -> set[str]:
    after: dict[str, list[str]] = {}
    for source, target in links:
        after.setdefault(source, []).append(target)
    found, frontier = set(begin), list(begin)
    while frontier:
        fresh = [key for key in after.get(frontier.pop(), ()) if key not in found]
        found.update(fresh)
        frontier.extend(fresh)
    return found


def _limit_faults(definition: Definition, limit: int | None) -> Iterator[Fault]:
    circle = forward_cycle(definition)
    if circle:
        yield fault("flow.forward_cycle", f"steps.{circle[0]}", path=" → ".join(circle))
    if limit is None:
        return
    if not any(move.clock is ClockOp.START for move in main_moves(definition)):
        yield fault("flow.no_clock_on_main_path", "start")
        return
    total = minutes(definition, clocked_path(definition))
    if total != limit:
        yield fault("flow.main_path_minutes", "steps", sum=total, limit=limit)
    if not circle:
        yield from _longest_faults(definition, max(total, limit), limit)


def _longest_faults(definition: Definition, told: int, limit: int) -> Iterator[Fault]:
    path = longest_path(definition)
    total = minutes(definition, path)
    if total > told:  # a main path that is too long was named already
        yield fault(
            "flow.path_too_long", f"steps.{path[0]}", path=" → ".join(path), sum=total, limit=limit
        )
