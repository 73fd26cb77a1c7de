"""The nightly archive, where the house asks for one."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.core.backups.sealed_file import passphrase
from motcua.core.backups.taking import take
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every

_DAY = 24 * 3600


@handler("backups.take", max_tries=3)
def take_nightly(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Make an archive; one that fails three times waits as a dead job for somebody to look at."""
    file = settings.MOTCUA_BACKUPS_PASSPHRASE
    take(
        at=at,
        to=Path(settings.MOTCUA_BACKUPS),
        words=passphrase(Path(file)) if file else None,
        keep=settings.MOTCUA_BACKUPS_KEEP,
    )


if settings.MOTCUA_BACKUPS_NIGHTLY:
    every("backups.take", "backups.take", _DAY)
