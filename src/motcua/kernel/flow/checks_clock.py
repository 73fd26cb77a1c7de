"""Checks of the legal clock along every path.

The clock is *off* until START, then *running*, *paused* or *stopped*. Every combination of place,
waiting or not, clock and code given or not that the moves can bring about is visited, whatever
legs, reasons and numbers of times allow (so the checks err on the strict side). Everywhere:

* START is done only where the clock is off: once on every path;
* PAUSE is done only where it runs, RESUME only where it is paused;
* RESTART only after START: where it runs or is paused, or is stopped (a reopened dossier);
* STOP only where it runs or is paused;
* a paused clock means that the applicant is awaited: after a move that leaves the dossier neither
  waiting, nor on a step that awaits the fee, nor ended, the clock is not paused, so the ANSWER of
  each pausing SUPPLEMENT and whatever leads on from such a step resumes or restarts it;
* an end that gives a result, that is one entered by FORWARD, is entered with the clock stopped,
  unless no move starts a clock at all. Other ends close the clock by themselves;
* REOPEN to a step that counts leaves no clock stopped;
* the dossier code is given at most once.

After a fault the search goes on as if the operation had been right, so that one slip is told once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from motcua.kernel.flow.definition import ClockOp, Definition, Kind, Move
from motcua.kernel.flow.engine import ARRIVING, FROM_ENDS, NOT_WHILE_WAITING
from motcua.kernel.flow.faults import Fault, fault

OFF, RUNNING, PAUSED, STOPPED = "off", "running", "paused", "stopped"
ALLOWED: dict[ClockOp, tuple[str, ...]] = {
    ClockOp.START: (OFF,),
    ClockOp.PAUSE: (RUNNING,),
    ClockOp.RESUME: (PAUSED,),
    ClockOp.RESTART: (RUNNING, PAUSED, STOPPED),
    ClockOp.STOP: (RUNNING, PAUSED),
}
BECOMES: dict[ClockOp, str] = {
    ClockOp.START: RUNNING,
    ClockOp.PAUSE: PAUSED,
    ClockOp.RESUME: RUNNING,
    ClockOp.RESTART: RUNNING,
    ClockOp.STOP: STOPPED,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A place of the main token with what bears on the clock there."""

    at: str
    waiting: bool = False
    clock: str = OFF
    coded: bool = False


def clock_faults(definition: Definition) -> tuple[Fault, ...]:
    """Visit every case from the start and list what can go wrong, each fault once."""
    has_clock = any(move.clock is ClockOp.START for move in definition.moves)
    found = {
        slip
        for case in cases(definition)
        for move in _enabled(definition, case)
        for slip in _slips(
            definition, case, move, _after(definition, case, move), has_clock=has_clock
        )
    }
    return tuple(sorted(found, key=lambda one: (one.where, one.code, one.en)))


def cases(definition: Definition) -> frozenset[Case]:
    """Give every case that the moves can bring about from the start."""
    begin = Case(definition.start)
    seen, frontier = {begin}, [begin]
    while frontier:
        case = frontier.pop()
        for move in _enabled(definition, case):
            after = _mended(definition, _after(definition, case, move))
            if after not in seen:
                seen.add(after)
                frontier.append(after)
    return frozenset(seen)


def _enabled(definition: Definition, case: Case) -> Iterator[Move]:
    ended = case.at in definition.end
    for move in definition.moves:
        if ended and move.kind not in FROM_ENDS:
            continue
        barred = move.kind in NOT_WHILE_WAITING if case.waiting else move.kind is Kind.ANSWER
        if case.at in move.sources and not barred:
            yield move


def _after(definition: Definition, case: Case, move: Move) -> Case:
    at = (move.target or case.at) if move.kind in ARRIVING else case.at
    waiting = move.kind is Kind.SUPPLEMENT or (case.waiting and move.kind is not Kind.ANSWER)
    return Case(
        at=at,
        waiting=waiting and at not in definition.end,
        clock=BECOMES[move.clock] if move.clock else case.clock,
        coded=case.coded or move.gives_code,
    )


def _slips(
    definition: Definition, case: Case, move: Move, after: Case, *, has_clock: bool
) -> Iterator[Fault]:
    where = f"moves.{move.key}"
    if move.clock and case.clock not in ALLOWED[move.clock]:
        yield fault("flow.clock_order", where, op=move.clock, state=case.clock, at=case.at)
    if move.gives_code and case.coded:
        yield fault("flow.code_twice", where)
    if after.at not in definition.end:
        if after.clock == PAUSED and not _awaited(definition, after):
            yield fault("flow.clock_left_paused", where)
        counted = after.at in definition.step and definition.step[after.at].counted
        if move.kind is Kind.REOPEN and counted and after.clock == STOPPED:
            yield fault("flow.reopened_without_clock", where)
    elif move.kind is Kind.FORWARD and has_clock and after.clock != STOPPED:
        yield fault("flow.result_before_stop", where, state=after.clock)


def _mended(definition: Definition, case: Case) -> Case:
    ended = case.at in definition.end
    if case.clock == PAUSED and not ended and not _awaited(definition, case):
        return replace(case, clock=RUNNING)
    if ended and case.clock in {RUNNING, PAUSED}:
        return replace(case, clock=STOPPED)  # an end closes the clock by itself
    return case


def _awaited(definition: Definition, case: Case) -> bool:
    step = definition.step.get(case.at)
    return case.waiting or (step is not None and step.awaits_fee)
