"""The jobs of registers: measure anew what a day or a file touches; follow heirs; sweep."""

from __future__ import annotations

import datetime
from typing import Any

from motcua.core.exports.making import make
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every
from motcua.core.now import now
from motcua.core.reform.models import Reform
from motcua.core.reform.whole import run
from motcua.core.registers import exported, mending
from motcua.core.registers.models import RecordImport
from motcua.core.registers.quality import measure_again
from motcua.core.registers.reformed import left_behind
from motcua.core.registers.rights import day_of

_ROWS_KEPT = datetime.timedelta(days=30)


@handler("registers.measure")
def measure(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Measure records of which the answer may be another one today; have too many faults mended."""
    measure_again(day_of(at))
    mending.open_where_due(at)


@handler("registers.sweep")
def sweep(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Remove the bytes of files that nobody took in, and rows that have had their time."""
    RecordImport.objects.filter(until_at__lte=at).update(body=b"", photos="")
    RecordImport.objects.filter(asked_at__lt=at - _ROWS_KEPT).delete()


@handler("registers.follow")
def follow(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001
    """Pass on what came late to an ended agency, or lay there before its register was declared."""
    last = Reform.objects.filter(in_force_at__isnull=False).order_by("-on", "-pk").first()
    if last is not None and left_behind().exists():
        run(clock=now, reform_id=last.pk)


@handler(exported.JOB)
def export(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Make the file of one wish."""
    make(payload["export"], at=at, on=day_of(at), write=exported.write)


every("registers.follow", "registers.follow", 3600)
every("registers.measure", "registers.measure", 6 * 3600)
every("registers.sweep", "registers.sweep", 3600)
