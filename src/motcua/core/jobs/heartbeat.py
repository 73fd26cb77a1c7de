"""While a handler runs, a thread renews the lease of its job."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connections

from motcua.core.jobs.queue import Claimed, renew
from motcua.core.sql import act, database_errors

log = logging.getLogger(__name__)
BEATS_PER_LEASE = 3  # two may fail (a busy database) before the lease is lost

Clock = Callable[[], datetime]


def ticking(at: datetime) -> Clock:
    """Give a clock that stands at `at` now and runs on with the machine's steady clock."""
    begun = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - begun)


@contextmanager
def heartbeat(job: Claimed, lease_seconds: float, clock: Clock) -> Iterator[None]:
    """Renew the lease of `job` three times per lease until the block is left."""
    over = threading.Event()
    thread = threading.Thread(
        target=_beat, args=(job, lease_seconds, clock, over), name=f"heartbeat-{job.id}"
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _beat(job: Claimed, lease_seconds: float, clock: Clock, over: threading.Event) -> None:
    try:
        while not over.wait(lease_seconds / BEATS_PER_LEASE):
            if not _renewed(job, clock() + timedelta(seconds=lease_seconds)):
                log.warning("job %s of kind %s was taken by another worker", job.id, job.kind)
                return
    finally:
        connections.close_all()  # those of this thread


def _renewed(job: Claimed, lease_until: datetime) -> bool:
    try:
        with act() as tx:
            return renew(tx, job, lease_until)
    except database_errors():
        log.warning("the lease of job %s could not be renewed, trying again", job.id, exc_info=True)
        connections.close_all()
        return True
