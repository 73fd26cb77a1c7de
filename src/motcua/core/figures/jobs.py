"""The recurring job that counts the public figures anew."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.figures.counting import count
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every

COUNT_SECONDS = 3600


@handler("figures.count")
def count_figures(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Count all figures as of now."""
    count(at=at)


every("figures.count", "figures.count", COUNT_SECONDS)
