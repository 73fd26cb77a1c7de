"""The job of the catalogue: an edition comes into force on the day from which it was signed."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.catalogue.deciding import JOB, enforce
from motcua.core.jobs.registry import handler


@handler(JOB)
def come_into_force(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Publish one signed edition; a second run finds it published and leaves it."""
    enforce(at=at, proposal_id=int(payload["proposal"]))
