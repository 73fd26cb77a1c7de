"""Moves that a system makes together with something of its own, and that nobody makes alone.

A system says so by `MOVES` in `reactions.py` of its package: by `PROCEDURE.MOVE`, the page and the
operation that do both. Whoever asks for the plain move is led there.
"""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.procedures.told import one_told
from motcua.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a move is made: the page of a dossier's code, and the operation of the API."""

    page: str
    operation: str


class MadeElsewhere(Refused):
    """The move is made with something else, by an act of its own."""

    code = "dossiers.made_elsewhere"
    vi = (
        "Bước này được làm cùng lúc với một việc ghi sổ, ở trang riêng của nó; không làm riêng"
        " được. Chương trình gọi thao tác {operation}."
    )
    en = (
        "This move is made together with an entry in a register, on a page of its own; it cannot be"
        " made alone. Programs call the operation {operation}."
    )
    status = 409


def elsewhere(procedure: str, move: str) -> Elsewhere | None:
    """Give where a move of a procedure is made; None where it is made by itself."""
    found: Elsewhere | None = one_told("reactions", "MOVES", f"{procedure}.{move}")
    return found
