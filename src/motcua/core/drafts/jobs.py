"""The job of drafts: erase those whose time is over."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.drafts.keeping import sweep
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every


@handler("drafts.sweep")
def erase(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Erase drafts that nobody saved within their time."""
    sweep(at=at)


every("drafts.sweep", "drafts.sweep", 3600)
