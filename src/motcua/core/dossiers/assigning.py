"""Which moves give work to somebody: what an assignment is, and what may be taken back as one."""

from __future__ import annotations

from motcua.core.procedures.systems import head_posts, signing_posts
from motcua.kernel.flow.definition import Definition, Kind, Move

# What a step may offer besides and still decide nothing: leaving it, or naming somebody else.
_BESIDE = frozenset(
    {Kind.WITHDRAW, Kind.HAND_OVER, Kind.ASSIGN, Kind.APOLOGISE, Kind.STOP, Kind.ANSWER}
)


def assigning_move(flow: Definition, step: str) -> Move | None:
    """Give the move by which a head hands out what came in (“Phân công”); else None.

    It is the step's only way on and does nothing else: no clock, letter, notice or opinion, and
    not up to who signs.
    """
    offered = [move for move in flow.moves if step in move.sources and move.kind not in _BESIDE]
    one = offered[0] if len(offered) == 1 else None
    from_head = flow.step[step].post in head_posts()
    return one if one is not None and from_head and _only_passes_on(one, flow) else None


def assigns(flow: Definition, move: Move) -> bool:
    """Tell whether a move only gives work to somebody."""
    steps = (step for step in move.sources if step in flow.step)
    return move.kind is Kind.ASSIGN or any(assigning_move(flow, one) is move for one in steps)


def _only_passes_on(move: Move, flow: Definition) -> bool:
    sends = move.letter or move.message or move.clock
    plain = not (sends or move.legs or move.gives_code or move.paid or move.at_most)
    target = flow.step.get(move.target or "")
    down = target is not None and target.post not in head_posts() | signing_posts()
    return move.kind is Kind.FORWARD and plain and down
