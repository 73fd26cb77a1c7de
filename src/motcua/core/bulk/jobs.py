"""The jobs of orders for many dossiers: carry one out, and sweep what is long over."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.core.bulk.models import Bulk
from motcua.core.bulk.running import run_by_job
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every

KEPT = datetime.timedelta(days=30)
"""How long it can be seen what became of an order."""


@handler("bulk.run")
def run_one(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Carry out what is still waiting of one order."""
    run_by_job(payload["bulk"], at=at, on=localtime(at).date())


@handler("bulk.sweep")
def sweep(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Remove orders that were asked long ago, with the reasons that were given in them."""
    Bulk.objects.filter(asked_at__lt=at - KEPT).delete()


every("bulk.sweep", "bulk.sweep", 24 * 3600)
