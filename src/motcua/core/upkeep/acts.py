"""What a keeper may put right: jobs and messages that were given up are tried again."""

from __future__ import annotations

import datetime

from motcua.core.access.actors import Actor
from motcua.core.exchange.actions import retry_dead as retry_message
from motcua.core.jobs.actions import retry_dead as retry_job
from motcua.core.sql import Tx
from motcua.core.staff.told import Told, carry_out
from motcua.core.upkeep.rules import KEEPER, NotTheSystemKeeper


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
