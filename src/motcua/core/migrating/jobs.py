"""The job that takes all running dossiers of a version over."""

from __future__ import annotations

import datetime
import json
import logging
from typing import Any

from motcua.core.jobs.registry import handler
from motcua.core.migrating.acts import chart
from motcua.core.migrating.whole import migrate_all

log = logging.getLogger(__name__)

KIND = "migrating.all"


@handler(KIND)
def take_all_over(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Take over what is left; a try after a killed one goes on where that stopped."""
    report = migrate_all(at=at, by=chart(int(payload["map"])))
    log.info("migrated by map %s: %s", payload["map"], json.dumps(report.told()))
