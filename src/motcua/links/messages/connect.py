"""Connecting the link: the composition root calls `connect` in every process that works jobs."""

from __future__ import annotations

from django.conf import settings

from motcua.core.exchange.carriers import connect as carry
from motcua.core.exchange.delivery import deliver_job
from motcua.core.jobs.registry import handler
from motcua.core.jobs.schedules import every
from motcua.links.messages.fake import FileCarrier
from motcua.links.messages.port import NoticeCarrier
from motcua.links.messages.real import EmailCarrier

CHANNEL = "notice"
_EVERY_SECONDS = 5


def chosen() -> NoticeCarrier:
    """Give the carrier of this installation: a file in the sample city, e-mail elsewhere."""
    return FileCarrier() if settings.MOTCUA_SAMPLE else EmailCarrier()


def connect() -> None:
    """Carry the channel `notice`, and deliver the outbox every few seconds by a job.

    Core's outbox and core's queue do not know each other; this is where they meet.
    """
    carry(CHANNEL, chosen())
    handler("exchange.deliver", lease_seconds=120)(deliver_job)
    every("exchange.deliver", "exchange.deliver", _EVERY_SECONDS)
