"""What this system does where dossiers move on: a mast's permit is issued with its site."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.core.dossiers.elsewhere import Elsewhere
from motcua.systems.telecom.queries import ISSUE, PERMITS

MOVES: Mapping[str, Elsewhere] = {
    f"{PERMITS}.{ISSUE}": Elsewhere(page="telecom:issue", operation="issueMastPermit")
}
