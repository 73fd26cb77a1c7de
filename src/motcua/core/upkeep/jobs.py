"""The job that looks at the house on a schedule: links are never asked within a request's turn."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every
from motcua.core.upkeep.watching import watch

EVERY = 300
"""Seconds from one look to the next."""


@handler("upkeep.watch", max_tries=1)
def watch_house(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Look at every part and link; a look that fails is a finding, and the next turn comes soon."""
    watch(at=at, on=localtime(at).date())


every("upkeep.watch", "upkeep.watch", EVERY)
