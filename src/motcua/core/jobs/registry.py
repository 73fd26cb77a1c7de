"""Which function does which kind of job.

A system declares its handlers in a module called `jobs.py`; `discover` imports them all when a
worker starts. A web process that only enqueues needs none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.module_loading import autodiscover_modules

from motcua.kernel.errors import Refused

DEFAULT_LEASE_SECONDS = 60
DEFAULT_MAX_TRIES = 8


class PermanentFailure(Refused):
    """Raised by a handler when trying again cannot help: the job is dead at once."""

    code = "jobs.permanent"
    vi = "Việc nền không làm được và không thử lại: {reason}"
    en = "The job cannot be done and is not tried again: {reason}"


class UnknownKind(PermanentFailure):
    """A job of a kind that no handler of this release does."""

    code = "jobs.unknown_kind"
    vi = "Bản phần mềm này không biết làm việc “{kind}”. Kiểm tra phiên bản rồi chạy lại."
    en = "No handler of this release does jobs of kind “{kind}”. Check the release, then retry it."


class Work(Protocol):
    """A handler: does one job, given its payload and the instant at which it was claimed.

    It runs outside any transaction and commits its own result before the job is marked done. A
    worker may die in between, so **a handler must be idempotent**: a second run with the same
    payload must leave the same result.
    """

    def __call__(self, payload: dict[str, Any], *, at: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Handler:
    """What a worker knows of a kind: the function, seconds of lease, and how often to try."""

    kind: str
    work: Work
    lease_seconds: int
    max_tries: int


_HANDLERS: dict[str, Handler] = {}


def handler(
    kind: str,
    *,
    lease_seconds: int = DEFAULT_LEASE_SECONDS,
    max_tries: int = DEFAULT_MAX_TRIES,
) -> Callable[[Work], Work]:
    """Declare that the decorated function does jobs of this kind (see `Work` for its duties).

    `lease_seconds` is how soon another worker takes over after a crash; a heartbeat renews it
    while the handler runs, so it need not cover the longest run.
    """

    def declare(work: Work) -> Work:
        known = _HANDLERS.get(kind)
        if known is not None and known.work is not work:
            raise ValueError(f"two handlers for jobs of kind {kind!r}")
        _HANDLERS[kind] = Handler(kind, work, lease_seconds, max_tries)
        return work

    return declare


def handler_of(kind: str) -> Handler | None:
    """Give the handler of a kind, if this process knows one."""
    return _HANDLERS.get(kind)


def discover() -> None:
    """Import the `jobs` module of every installed app, so that its handlers are known."""
    autodiscover_modules("jobs")
