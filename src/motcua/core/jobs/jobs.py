"""The queue's own job: done jobs are removed after a month; dead ones stay until looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every
from motcua.core.sql import Sql, act

KEEP_DONE = timedelta(days=30)
_BATCH = 5000  # a short write lock each, so that acts need not wait for the broom
_REMOVE = Sql(
    """
    DELETE FROM jobs_job WHERE id IN (
      SELECT id FROM jobs_job WHERE state = 'done' AND finished_at < %s LIMIT %s)
    """
)


@handler("jobs.clean")
def clean(payload: dict[str, Any], *, at: datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Remove the jobs that were done more than `KEEP_DONE` ago."""
    removed = _BATCH
    while removed == _BATCH:
        with act() as tx:
            removed = tx.run(_REMOVE, at - KEEP_DONE, _BATCH)


every("jobs.clean", "jobs.clean", 24 * 3600)
