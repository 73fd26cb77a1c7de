"""The job that brings the parts of a dossier to where the dossier and they stand."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.dossiers.store import ADVANCE
from motcua.core.jobs.registry import handler
from motcua.core.linked.advancing import advance


@handler(ADVANCE)
def go_on(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Open what is due and take back what came to nothing; done again, nothing changes."""
    advance(dossier_id=int(payload["dossier"]), at=at)
