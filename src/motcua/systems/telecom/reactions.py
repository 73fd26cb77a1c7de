"""Moves that this system makes with something of its own: a mast's permit comes with its site."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.core.dossiers.elsewhere import Elsewhere

PERMITS, ISSUE = "9.000015", "issue"
"""The procedure of a mast's permit; the move by which it is issued, and the step from which."""

MOVES: Mapping[str, Elsewhere] = {
    f"{PERMITS}.{ISSUE}": Elsewhere(page="telecom:issue", operation="issueMastPermit")
}
