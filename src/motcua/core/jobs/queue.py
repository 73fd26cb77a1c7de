"""The queue: put a job in, take one, keep it, and say how it ended.

A claim is a conditional update with a lease. What a worker writes afterwards is bound to the
worker's name and the number of the try, so a worker that lost its lease changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from motcua.core.jobs.registry import DEFAULT_LEASE_SECONDS, handler_of
from motcua.core.sql import Sql, Tx

_ENQUEUE = Sql(
    """
    INSERT INTO jobs_job
      (kind, payload, run_at, state, tries, worker, unique_key, last_error, created_at)
    VALUES (%s, %s, %s, 'ready', 0, '', %s, '', %s)
    ON CONFLICT DO NOTHING
    """
)


def _taking(which: str) -> Sql:
    text = f"""
    UPDATE jobs_job SET state = 'running', tries = tries + 1, worker = %s, lease_until = %s
    WHERE id = (SELECT id FROM jobs_job WHERE {which} LIMIT 1 {{lock}})
    RETURNING id, kind, payload, tries
    """
    return Sql(text.format(lock=""), postgres=text.format(lock="FOR UPDATE SKIP LOCKED"))


# Two statements instead of one OR: each walks its own partial index and stops at the first row.
_TAKE_ABANDONED = _taking("state = 'running' AND lease_until <= %s ORDER BY lease_until")
_TAKE_READY = _taking("state = 'ready' AND run_at <= %s ORDER BY run_at, id")

_RENEW = Sql(
    """
    UPDATE jobs_job SET lease_until = %s
    WHERE id = %s AND tries = %s AND worker = %s AND state = 'running'
    """
)
_DONE = Sql(
    """
    UPDATE jobs_job SET state = 'done', finished_at = %s, lease_until = NULL, last_error = ''
    WHERE id = %s AND tries = %s AND worker = %s AND state = 'running'
    """
)
_LATER = Sql(
    """
    UPDATE jobs_job
    SET state = 'ready', run_at = %s, lease_until = NULL, max_tries = %s, last_error = %s
    WHERE id = %s AND tries = %s AND worker = %s AND state = 'running'
    """
)
_POSTPONED = Sql(
    """
    UPDATE jobs_job
    SET state = 'ready', run_at = %s, lease_until = NULL, tries = tries - 1, last_error = %s
    WHERE id = %s AND tries = %s AND worker = %s AND state = 'running'
    """
)
_DEAD = Sql(
    """
    UPDATE jobs_job
    SET state = 'dead', finished_at = %s, lease_until = NULL, max_tries = %s, last_error = %s
    WHERE id = %s AND tries = %s AND worker = %s AND state = 'running'
    """
)
_ERROR_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in the hands of `worker`; `tries` is the number of this try, from 1."""

    id: int
    kind: str
    payload: dict[str, Any]
    tries: int
    worker: str


def enqueue(
    tx: Tx,
    kind: str,
    payload: Mapping[str, object],
    *,
    at: datetime,
    run_at: datetime | None = None,
    unique_key: str | None = None,
) -> None:
    """Put a job in the queue within the caller's transaction: no commit, no job.

    `run_at` is the earliest start (default: `at`). With `unique_key` nothing is added while a job
    of that key is ready *or running*; so use it only where the running job, or the next turn of
    a schedule, also sees what was committed after it began.
    """
    text = json.dumps(payload, ensure_ascii=False)
    tx.send(_ENQUEUE, kind, text, run_at or at, unique_key, at)


def claim(tx: Tx, worker: str, at: datetime) -> Claimed | None:
    """Take one job: first one whose worker let its lease run out, else the longest due one."""
    lease = at + timedelta(seconds=DEFAULT_LEASE_SECONDS)
    row = tx.one(_TAKE_ABANDONED, worker, lease, at) or tx.one(_TAKE_READY, worker, lease, at)
    if row is None:
        return None
    job = Claimed(int(row[0]), row[1], json.loads(row[2]), int(row[3]), worker)
    known = handler_of(job.kind)
    if known is not None and known.lease_seconds != DEFAULT_LEASE_SECONDS:
        renew(tx, job, at + timedelta(seconds=known.lease_seconds))
    return job


def renew(tx: Tx, job: Claimed, lease_until: datetime) -> bool:
    """Keep the job until then; `False` when another worker has it by now."""
    return tx.run(_RENEW, lease_until, job.id, job.tries, job.worker) == 1


def finish(tx: Tx, job: Claimed, *, at: datetime) -> bool:
    """Mark the job done; `False` when another worker has it by now."""
    return tx.run(_DONE, at, job.id, job.tries, job.worker) == 1


def try_later(tx: Tx, job: Claimed, *, run_at: datetime, max_tries: int, error: str) -> bool:
    """Give the job back to the queue until `run_at`; `False` when another worker has it."""
    mine = (job.id, job.tries, job.worker)
    return tx.run(_LATER, run_at, max_tries, error[:_ERROR_LENGTH], *mine) == 1


def postpone(tx: Tx, job: Claimed, *, run_at: datetime, error: str) -> bool:
    """Give the job back as if it had not been tried; `False` when another worker has it."""
    mine = (job.id, job.tries, job.worker)
    return tx.run(_POSTPONED, run_at, error[:_ERROR_LENGTH], *mine) == 1


def bury(tx: Tx, job: Claimed, *, at: datetime, max_tries: int, error: str) -> bool:
    """Put the job aside as dead, for a person to look at; `False` when another worker has it."""
    mine = (job.id, job.tries, job.worker)
    return tx.run(_DEAD, at, max_tries, error[:_ERROR_LENGTH], *mine) == 1
