"""The jobs of a changed calendar: its preview, its new dates, and a look again after them."""

from __future__ import annotations

import datetime
import json
import logging
from typing import Any

from motcua.core.jobs.registry import handler
from motcua.core.now import now
from motcua.core.redating.deciding import JOB, LOOK
from motcua.core.redating.preview import show
from motcua.core.redating.whole import SWEEP, run

log = logging.getLogger(__name__)


@handler(LOOK)
def work_out(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Work out what a change would move."""
    show(at=at, change_id=int(payload["change"]))


@handler(JOB)
def carry_out(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - it may last
    """Bring a change into force and move the dates; a try after a killed one goes on."""
    report = run(clock=now, change_id=int(payload["change"]))
    log.info("calendar change %s: %s", payload["change"], json.dumps(report.told()))


handler(SWEEP)(carry_out)
