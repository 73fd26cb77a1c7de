"""The jobs of reforms: one on the day of each plan, and a look again once it has run."""

from __future__ import annotations

import datetime
import json
import logging
from typing import Any

from motcua.core.jobs.registry import handler
from motcua.core.now import now
from motcua.core.reform.planning import JOB
from motcua.core.reform.whole import SWEEP, run

log = logging.getLogger(__name__)


@handler(JOB)
def carry_out(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - it may last
    """Bring a plan into force and pass its dossiers on; a try after a killed one goes on."""
    report = run(clock=now, reform_id=int(payload["reform"]))
    log.info("reform %s: %s", payload["reform"], json.dumps(report.told()))


handler(SWEEP)(carry_out)
