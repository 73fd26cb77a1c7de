"""Checks of answer windows, of what the house does by itself, and of apologies."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.core.procedures.declaration import Declaration, WindowRule
from motcua.core.procedures.faults import fault
from motcua.kernel.flow.definition import Kind, Move
from motcua.kernel.flow.faults import Fault

HOUSE = "house"
_RETURNING = frozenset({Kind.STOP, Kind.REFUSE})


def window_faults(declaration: Declaration) -> Iterator[Fault]:
    """Find windows that no request opens or that return nothing, and moves nobody would make."""
    for window in declaration.windows:
        yield from _window_faults(declaration, window)
    returning = {window.then for window in declaration.windows}
    for move in declaration.flow.moves:
        if HOUSE in move.by and (move.key not in returning or move.by != (HOUSE,)):
            yield fault("procedure.house_move", f"moves.{move.key}")
        if move.kind is Kind.APOLOGISE and declaration.apology is None:
            yield fault("procedure.apology_undated", f"moves.{move.key}")


def _window_faults(declaration: Declaration, window: WindowRule) -> Iterator[Fault]:
    where = f"windows.{window.key}"
    asking = declaration.flow.move.get(window.key)
    if asking is None or asking.kind is not Kind.SUPPLEMENT:
        yield fault("procedure.window_without_request", where)
    elif not _returns(declaration.flow.move.get(window.then), asking):
        yield fault("procedure.window_returns_nothing", where, move=window.then)
    remind = window.remind_after
    if remind is None:
        return
    if remind.unit is not window.limit.unit or remind.amount >= window.limit.amount:
        yield fault("procedure.window_reminder", where)


def _returns(move: Move | None, asking: Move) -> bool:
    """Tell whether a move of the house ends the dossier wherever the request left it waiting."""
    if move is None or move.kind not in _RETURNING or HOUSE not in move.by:
        return False
    return set(asking.sources) <= set(move.sources)
