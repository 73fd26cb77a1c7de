"""A worker: takes jobs one after another until it is told to stop."""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
import threading
import time
from datetime import datetime

from django.db import close_old_connections, connections

from motcua.core.jobs import schedules
from motcua.core.jobs.heartbeat import Clock, heartbeat, ticking
from motcua.core.jobs.queue import Claimed, bury, claim, finish, postpone, try_later
from motcua.core.jobs.registry import (
    DEFAULT_MAX_TRIES,
    Handler,
    PermanentFailure,
    UnknownKind,
    discover,
    handler_of,
)
from motcua.core.jobs.rules import FULL_DISK_DELAY, delay
from motcua.core.now import now
from motcua.core.space import is_full
from motcua.core.sql import act, database_errors

log = logging.getLogger(__name__)


def run_one(worker: str, at: datetime) -> bool:
    """Claim one due job, run its handler, and record how it ended; `False` when none was due.

    The claim is committed before the handler starts, and the handler has committed its result
    before the job is marked done: after a crash in between the handler runs again (see `Work`).
    """
    with act() as tx:
        job = claim(tx, worker, at)
    if job is None:
        return False
    clock = ticking(at)
    known = handler_of(job.kind)
    error = _run(job, known, clock) if known else UnknownKind(kind=job.kind)
    _settle(job, known.max_tries if known else DEFAULT_MAX_TRIES, error, clock())
    return True


def _run(job: Claimed, known: Handler, clock: Clock) -> Exception | None:
    if job.tries > known.max_tries:
        return PermanentFailure(reason=f"its worker died in each of {known.max_tries} tries")
    try:
        with heartbeat(job, known.lease_seconds, clock):
            known.work(job.payload, at=clock())
    except Exception as error:  # whatever a handler raises is kept with its job
        log.warning("job %s of kind %s failed", job.id, job.kind, exc_info=error)
        return error
    return None


def _settle(job: Claimed, max_tries: int, error: Exception | None, at: datetime) -> None:
    told = f"{type(error).__name__}: {error}"
    with act() as tx:
        if error is None:
            kept = finish(tx, job, at=at)
        elif is_full(error):  # however long that lasts, no job may die of it
            kept = postpone(tx, job, run_at=at + FULL_DISK_DELAY, error=told)
        elif isinstance(error, PermanentFailure) or job.tries >= max_tries:
            kept = bury(tx, job, at=at, max_tries=max_tries, error=told)
        else:
            again = at + delay(job.tries)
            kept = try_later(tx, job, run_at=again, max_tries=max_tries, error=told)
    if not kept:
        log.warning("job %s ended here after another worker had taken it", job.id)


class Worker:
    """The loop of one worker process or thread.

    It looks for work every `poll_seconds` when there was none. SIGTERM and SIGINT (in the main
    thread; elsewhere call `stop`) let the job at hand finish and claim no more. A database that
    does not answer is waited for.
    """

    def __init__(self, *, poll_seconds: float = 0.5, clock: Clock = now) -> None:
        self.name = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.poll_seconds = poll_seconds
        self._clock = clock
        # A plain flag: setting an Event inside a signal handler may deadlock with its own wait().
        self._stopping = False

    def stop(self) -> None:
        """Ask the worker to end after the job at hand."""
        self._stopping = True

    def run(self) -> None:
        """Work until asked to stop; the connections of this thread are closed at the end."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self.stop())
        discover()
        try:
            self._loop()
        finally:
            connections.close_all()

    def _loop(self) -> None:
        synchronised = False
        while not self._stopping:
            try:
                synchronised = synchronised or self._synchronised()
                busy = self.turn()
            except database_errors():
                log.exception("the database did not answer; the worker waits and tries again")
                connections.close_all()
                busy = False
            if not busy and not self._stopping:
                time.sleep(self.poll_seconds)

    def _synchronised(self) -> bool:
        schedules.synchronise(self._clock())
        return True

    def turn(self) -> bool:
        """Enqueue what the schedules ask for and do one job; `False` when none was due."""
        close_old_connections()
        at = self._clock()
        schedules.run_due(at)
        return run_one(self.name, at)
