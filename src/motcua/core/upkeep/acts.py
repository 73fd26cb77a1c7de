"""What a keeper may do: try again or drop what was given up, ask for an archive or a drill."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.conf import settings

from motcua.core.access.actors import Actor
from motcua.core.backups.archive import at_root
from motcua.core.exchange.actions import drop_dead as drop_message
from motcua.core.exchange.actions import retry_dead as retry_message
from motcua.core.jobs.actions import drop_dead as drop_job
from motcua.core.jobs.actions import retry_dead as retry_job
from motcua.core.jobs.queue import enqueue
from motcua.core.sql import Tx
from motcua.core.staff.told import Told, carry_out
from motcua.core.upkeep.rules import KEEPER, NotTheSystemKeeper, ReasonUnknown

TAKE, DRILL = "backups.take", "backups.drill"
"""The kinds of the jobs that make an archive, and that try to restore one."""

REASONS = ("elsewhere", "pointless", "impossible")
"""Why something is dropped: done in another way, needed no more, cannot be done."""


def is_keeper(actor: Actor) -> bool:
    """Tell whether somebody keeps the house running."""
    return any(held.post == KEEPER for held in actor.posts)


def check_keeper(actor: Actor) -> None:
    """Refuse whoever is no keeper; raises `NotTheSystemKeeper`."""
    if not is_keeper(actor):
        raise NotTheSystemKeeper


def job_again(*, actor: Actor, at: datetime.datetime, job_id: int, key: str | None) -> int:
    """Let a dead job be tried again, with all its tries; raises `NotRetried`."""
    check_keeper(actor)

    def write(_tx: Tx) -> Told:
        retry_job(job_id, at=at)
        return Told({"row": job_id})

    return carry_out("retry_job", write, actor=actor, at=at, key=key, body=job_id)


def message_again(*, actor: Actor, at: datetime.datetime, message_id: int, key: str | None) -> int:
    """Let a dead letter be tried again, with all its tries; raises `NotDead`."""
    check_keeper(actor)

    def write(_tx: Tx) -> Told:
        retry_message(message_id, at=at)
        return Told({"row": message_id})

    return carry_out("retry_message", write, actor=actor, at=at, key=key, body=message_id)


def job_dropped(
    *, actor: Actor, at: datetime.datetime, job_id: int, reason: str, key: str | None
) -> int:
    """Put a dead job away for good, for a reason that the ledger keeps; raises `NotRetried`."""
    check_keeper(actor)
    _check_reason(reason)

    def write(_tx: Tx) -> Told:
        drop_job(job_id)
        return Told({"row": job_id, "reason": reason})

    body = [job_id, reason]
    return carry_out("drop_job", write, actor=actor, at=at, key=key, body=body)


def message_dropped(
    *, actor: Actor, at: datetime.datetime, message_id: int, reason: str, key: str | None
) -> int:
    """Put a dead letter away for good, for a reason that the ledger keeps; raises `NotDead`."""
    check_keeper(actor)
    _check_reason(reason)

    def write(_tx: Tx) -> Told:
        drop_message(message_id)
        return Told({"row": message_id, "reason": reason})

    body = [message_id, reason]
    return carry_out("drop_message", write, actor=actor, at=at, key=key, body=body)


def archive_asked(*, actor: Actor, at: datetime.datetime, key: str | None) -> int:
    """Let a job make an archive now; while one waits or is being made there is no second."""
    check_keeper(actor)

    def write(tx: Tx) -> Told:
        enqueue(tx, TAKE, {}, at=at, unique_key=TAKE)
        return Told({"row": 0})

    return carry_out("ask_archive", write, actor=actor, at=at, key=key, body=[])


def drill_asked(*, actor: Actor, at: datetime.datetime, root: str, key: str | None) -> int:
    """Let a job restore an archive to a place that is thrown away, and keep what it found.

    Raises `ArchiveMissing` where there is none of this root.
    """
    check_keeper(actor)
    at_root(Path(settings.MOTCUA_BACKUPS), root)

    def write(tx: Tx) -> Told:
        enqueue(tx, DRILL, {"root": root}, at=at, unique_key=DRILL)
        return Told({"row": 0, "root": root})

    return carry_out("ask_drill", write, actor=actor, at=at, key=key, body=root)


def _check_reason(reason: str) -> None:
    if reason not in REASONS:
        raise ReasonUnknown
