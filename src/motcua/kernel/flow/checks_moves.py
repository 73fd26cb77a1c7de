"""Checks of moves: what each kind needs, and which moves a step needs because of others."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.kernel.flow.definition import Definition, Join, Kind, Move, Step
from motcua.kernel.flow.faults import Fault, fault

_STEP, _END, _NOWHERE = "step", "end", "–"
TARGETS: dict[Kind, tuple[str, ...]] = {
    Kind.FORWARD: (_STEP, _END),
    Kind.BACK: (_STEP,),
    Kind.REFUSE: (_END,),
    Kind.WITHDRAW: (_END,),
    Kind.STOP: (_END,),
    Kind.HAND_OVER: (_STEP, _NOWHERE),
    Kind.SUPPLEMENT: (_NOWHERE,),
    Kind.ANSWER: (_NOWHERE,),
    Kind.CONSULT: (_NOWHERE,),
    Kind.REPLY: (_NOWHERE,),
    Kind.ASSIGN: (_NOWHERE,),
    Kind.APOLOGISE: (_NOWHERE,),
    Kind.REOPEN: (_STEP,),
}
MOST_LEGS = 15
"""So many consultations may be open at once: with the step itself, sixteen pieces of work."""

_REASONED = frozenset({Kind.REFUSE, Kind.STOP, Kind.APOLOGISE, Kind.REOPEN})
_LIMITED = frozenset({Kind.APOLOGISE, Kind.REOPEN})
_BESIDE_THE_WORK = frozenset({Kind.ANSWER, Kind.REPLY, Kind.APOLOGISE})
_ANSWERING = frozenset({Kind.ANSWER, Kind.REPLY})
_OF_LEGS = frozenset({Kind.CONSULT, Kind.FORWARD})


def move_faults(definition: Definition) -> Iterator[Fault]:
    """Find moves that their kind forbids and steps that lack a move."""
    for move in definition.moves:
        yield from _target_faults(definition, move)
        yield from _kind_faults(move)
    yield from _answer_faults(definition)
    yield from _leg_faults(definition)
    for step in definition.steps:
        if not any(_may_do(step, move) for move in definition.moves):
            yield fault("flow.holder_idle", f"steps.{step.key}")


def _target_faults(definition: Definition, move: Move) -> Iterator[Fault]:
    wanted = TARGETS[move.kind]
    if move.target is None:
        found = _NOWHERE
    elif move.target in definition.step:
        found = _STEP
    elif move.target in definition.end:
        found = _END
    else:
        return  # an unknown target is a fault of names
    if found not in wanted:
        wish = ", ".join(wanted)
        yield fault("flow.wrong_target", f"moves.{move.key}", kind=move.kind, wanted=wish)


def _kind_faults(move: Move) -> Iterator[Fault]:
    where = f"moves.{move.key}"
    slips = {
        "flow.no_doer": not move.by,
        "flow.reason_not_asked": move.kind in _REASONED and not move.reason,
        "flow.answer_limited": move.kind in _ANSWERING and move.at_most > 0,
        "flow.not_limited": move.kind in _LIMITED and not move.at_most,
        "flow.apology_without_letter": move.kind is Kind.APOLOGISE and move.letter is None,
        "flow.consult_without_leg": move.kind is Kind.CONSULT and not move.legs,
        "flow.too_many_legs": len(move.legs) > MOST_LEGS,
        "flow.leg_misplaced": move.kind not in _OF_LEGS and bool(move.legs),
    }
    for code, slipped in slips.items():
        if slipped:
            yield fault(code, where, most=MOST_LEGS)


def _answer_faults(definition: Definition) -> Iterator[Fault]:
    answered = _sources(definition, Kind.ANSWER)
    for key in sorted(_may_wait(definition) - answered):
        yield fault("flow.supplement_without_answer", f"steps.{key}")
    for key in sorted(_sources(definition, Kind.CONSULT) - _sources(definition, Kind.REPLY)):
        yield fault("flow.consult_without_reply", f"steps.{key}")


def _may_wait(definition: Definition) -> set[str]:
    waiting = _sources(definition, Kind.SUPPLEMENT)
    frontier = list(waiting)
    while frontier:
        at = frontier.pop()
        for move in definition.moves:
            onward = move.kind is Kind.HAND_OVER and at in move.sources
            if onward and move.target in definition.step and move.target not in waiting:
                waiting.add(move.target)
                frontier.append(move.target)
    return waiting


def _leg_faults(definition: Definition) -> Iterator[Fault]:
    consults = [move for move in definition.moves if move.kind is Kind.CONSULT]
    asked = {key for move in consults for key in move.legs}
    named = {key for move in definition.moves for key in move.legs}
    for rule in definition.legs:
        if rule.key not in named:
            yield fault("flow.leg_unused", f"legs.{rule.key}")
    for move in definition.moves:
        never = [key for key in move.legs if key in definition.leg and key not in asked]
        if move.kind is Kind.FORWARD and never:
            yield fault("flow.leg_never_asked", f"moves.{move.key}", legs=", ".join(never))
        if move.join is Join.ASKED and not asked:
            yield fault("flow.nobody_to_ask", f"moves.{move.key}")
    pairs = {(key, source) for move in consults for key in move.legs for source in move.sources}
    for key, source in sorted(pairs):
        leg, step = definition.leg.get(key), definition.step.get(source)
        if leg and step and leg.minutes > step.minutes:
            where = f"steps.{source}"
            yield fault(
                "flow.leg_too_long", where, leg=key, minutes=leg.minutes, limit=step.minutes
            )


def _may_do(step: Step, move: Move) -> bool:
    named = "holder" in move.by or step.post in move.by
    return named and step.key in move.sources and move.kind not in _BESIDE_THE_WORK


def _sources(definition: Definition, kind: Kind) -> set[str]:
    return {
        key
        for move in definition.moves
        if move.kind is kind
        for key in move.sources
        if key in definition.step
    }
