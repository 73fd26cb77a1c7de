"""What the house does for people in the background: the work of one who left goes on."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.jobs.registry import handler
from motcua.core.staff.leaving import JOB, hand_on


@handler(JOB)
def hand_on_work(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Give on what names an officer who left; run twice it finds nothing more."""
    hand_on(at=at, officer_id=payload["officer"], successor_id=payload["successor"])
