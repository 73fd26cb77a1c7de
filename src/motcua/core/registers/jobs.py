"""The jobs of registers: measure anew what a day or a changed file touches; sweep old imports."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every
from motcua.core.registers.models import RecordImport
from motcua.core.registers.quality import measure_again
from motcua.core.registers.rights import day_of

_ROWS_KEPT = datetime.timedelta(days=30)


@handler("registers.measure")
def measure(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Measure records of which the answer may be another one today."""
    measure_again(day_of(at))


@handler("registers.sweep")
def sweep(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Remove the bytes of files that nobody took in, and rows that have had their time."""
    RecordImport.objects.filter(until_at__lte=at).update(body=b"")
    RecordImport.objects.filter(asked_at__lt=at - _ROWS_KEPT).delete()


every("registers.measure", "registers.measure", 6 * 3600)
every("registers.sweep", "registers.sweep", 3600)
