"""The moves of a dossier for one officer: the likeliest big, others beside, the rest with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.core.dossiers.queries import Choice
from motcua.core.dossiers.rules import NotYours
from motcua.core.dossiers.situation import Snapshot
from motcua.core.procedures.declaration import Declaration
from motcua.faces.desk.words import leg_name, move_name, post_name, said
from motcua.kernel.flow.definition import Kind, Move

_LIKELY = (Kind.REPLY, Kind.ANSWER, Kind.FORWARD, Kind.ASSIGN, Kind.CONSULT)
_NEXT = frozenset({Kind.REPLY, Kind.ANSWER, Kind.FORWARD})
GRAVE = frozenset({Kind.REFUSE, Kind.STOP, Kind.WITHDRAW})


@dataclass(frozen=True, slots=True)
class ShownMove:
    """A move as a button: `why_not` is empty where it can be made now."""

    key: str
    leg: int | None
    name: str
    grave: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class ShownMoves:
    """What an officer can do with a dossier.

    `first` is the likeliest next move; `held_up` the one that would be, and what it waits for.
    """

    first: ShownMove | None
    held_up: ShownMove | None
    others: list[ShownMove]
    impossible: list[ShownMove]


def moves_of(declaration: Declaration, snapshot: Snapshot, choices: Sequence[Choice]) -> ShownMoves:
    """Sort the choices: what can be made, likeliest first and grave ones last, and what cannot."""
    shown = [(choice, _shown(declaration, snapshot, choice)) for choice in choices]
    possible = [pair for pair in shown if not pair[1].why_not]
    possible.sort(key=lambda pair: _rank(pair[0].move))  # stable: declared order within a kind
    made = [move for _choice, move in possible]
    first = made[0] if possible and possible[0][0].move.kind in _NEXT else None
    held_up = None if first else _held_up(shown)
    return ShownMoves(
        first=first,
        held_up=held_up,
        others=made[1:] if first else made,
        impossible=[move for _choice, move in shown if move.why_not and move is not held_up],
    )


def _held_up(shown: Sequence[tuple[Choice, ShownMove]]) -> ShownMove | None:
    """Find the way on that the officer holds and that something else blocks."""
    return next(
        (
            move
            for choice, move in shown
            if choice.move.kind is Kind.FORWARD
            and choice.why_not is not None
            and not isinstance(choice.why_not, NotYours)
        ),
        None,
    )


def _rank(move: Move) -> int:
    if move.kind in GRAVE:
        return len(_LIKELY) + 1
    return _LIKELY.index(move.kind) if move.kind in _LIKELY else len(_LIKELY)


def _shown(declaration: Declaration, snapshot: Snapshot, choice: Choice) -> ShownMove:
    name = move_name(declaration, choice.move.key)
    item = snapshot.leg(choice.leg)
    if item is not None:
        name = f"{name}: {leg_name(declaration, item.step)}"
    why = _why_not(declaration, snapshot, choice)
    return ShownMove(choice.move.key, choice.leg, name, choice.move.kind in GRAVE, why)


def _why_not(declaration: Declaration, snapshot: Snapshot, choice: Choice) -> str:
    if choice.why_not is None:
        return ""
    if not isinstance(choice.why_not, NotYours):
        return said(choice.why_not, declaration)
    main = snapshot.main
    holders = [
        _("người nộp")
        if by == "applicant"
        else post_name(declaration, main.post)
        if by == "holder" and main is not None
        else post_name(declaration, by)
        for by in choice.move.by
    ]
    return _("Việc này thuộc: %(holders)s.") % {"holders": ", ".join(dict.fromkeys(holders))}
