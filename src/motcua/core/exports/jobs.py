"""The jobs of exports: make a file that was asked for, and sweep what has had its time."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.timezone import localtime

from motcua.core.exports import making
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every


@handler("exports.make")
def make(payload: dict[str, Any], *, at: datetime.datetime) -> None:
    """Make the file of one wish."""
    making.make(payload["export"], at=at, on=localtime(at).date())


@handler("exports.sweep")
def sweep(payload: dict[str, Any], *, at: datetime.datetime) -> None:  # noqa: ARG001 - the shape of a handler
    """Remove files whose time is over."""
    making.sweep(at=at)


every("exports.sweep", "exports.sweep", 3600)
