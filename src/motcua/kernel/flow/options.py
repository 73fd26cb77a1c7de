"""Which moves leave the step where a dossier stands, and why some cannot be done just now.

A face shows every option and explains the impossible ones. The answer is structural: it asks
whether *some* order of the move would be carried out, whatever reason or legs it would name.
Whether the officer at the screen may give that order is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.kernel.errors import Refused
from motcua.kernel.flow.definition import Definition, Marking, Move
from motcua.kernel.flow.engine import FROM_ENDS, Order, free_legs, refusal

_SOME_REASON = "…"
_NONE_LATE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Option:
    """A move of the current step; ``why_not`` is the refusal that every order of it would meet."""

    move: Move
    why_not: Refused | None


def options(
    definition: Definition,
    marking: Marking,
    *,
    late_legs: frozenset[int] = _NONE_LATE,
    owing: bool = False,
) -> tuple[Option, ...]:
    """List the moves from the current step or, once the dossier has ended, from its end.

    They come in declared order. ``late_legs`` are the numbers of open legs past their own deadline,
    and ``owing`` tells that fees are to be paid, as in `Order`.
    """
    ended = marking.at in definition.end
    return tuple(
        Option(
            move, refusal(definition, marking, _likeliest(move, marking, late_legs, owing=owing))
        )
        for move in definition.moves
        if marking.at in move.sources and (not ended or move.kind in FROM_ENDS)
    )


def _likeliest(
    move: Move, marking: Marking, late_legs: frozenset[int] = _NONE_LATE, *, owing: bool = False
) -> Order:
    """Give an order of this move that is refused only if every order of it would be."""
    return Order(
        move=move.key,
        leg=next((leg.number for leg in marking.legs if not leg.replied), None),
        legs=free_legs(move, marking)[:1],
        reason=_SOME_REASON,
        late_legs=late_legs,
        owing=owing,
    )
