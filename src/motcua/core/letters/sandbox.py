"""The sandbox from outside: templates that people wrote are set in a process of their own.

Such a template may loop, recurse, ask for all memory, or read what lies around it. So it is set in
a child (see `child`) that runs in an empty folder, without this process's environment, bounded in
memory, processor time and time by the clock, unable to open a file or a connection. Whatever it
does, this process reads at most one bounded answer a setting and goes on.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any, Literal

from motcua.core.letters.faults import broken, over
from motcua.kernel.errors import Refused
from motcua.kernel.flow.faults import Fault

Form = Literal["pdf", "png", "parts"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one run may use: bytes of memory, seconds of processor; what one letter may be.

    `pages` and `bytes` of a PDF; `edge` of a page in mm. `wait` is in seconds by the clock.
    """

    memory: int = 640 * 1024 * 1024
    seconds: int = 10
    wait: int = 25
    pages: int = 400
    bytes: int = 16 * 1024 * 1024
    edge: int = 421  # the longer edge of A3


BOUNDS = Bounds()
_AT_ONCE = 2
_room = threading.BoundedSemaphore(_AT_ONCE)
_ENDS = {-6: "memory", -9: "seconds", -24: "seconds", -11: "depth"}
"""Which bound ended the child, by the signal: abort, kill, processor time, stack."""


class SandboxBusy(Refused):
    """As many templates as may be are being set at this moment."""

    code = "letters.busy"
    vi = "Đang có nhiều mẫu văn bản được dựng thử. Hãy gửi lại sau ít giây."
    en = "Several templates are being set right now. Send again in a few seconds."
    status = 503
    retry = True


@dataclass(frozen=True, slots=True)
class Setting:
    """A template with what it is given: files by name, and the creation time in Unix seconds."""

    files: Mapping[str, str]
    at: int


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a setting: a value by the form that was asked for, or faults."""

    value: Any = None
    faults: tuple[Fault, ...] = ()

    def files(self) -> list[bytes]:
        """Give the files of a PDF or of the pages' pictures."""
        return [base64.b64decode(one) for one in self.value]


def run(settings: Sequence[Setting], form: Form, *, bounds: Bounds = BOUNDS) -> list[Made]:
    """Set templates one after the other in one child; the first that breaks a bound is the last.

    Raises `SandboxBusy` where others have the room.
    """
    order = {
        "bounds": asdict(bounds),
        "form": form,
        "settings": [{"files": dict(one.files), "at": one.at} for one in settings],
    }
    with _place(bounds):
        out, ended = _child(json.dumps(order).encode(), bounds)
    whole = [line for line in out.splitlines(keepends=True) if line.endswith(b"\n")]
    made = [_made(json.loads(line), bounds) for line in whole]
    if len(made) < len(settings):
        made.append(Made(faults=(over(_ENDS.get(ended, "crash"), bounds),)))
    return made


@contextmanager
def _place(bounds: Bounds) -> Iterator[None]:
    if not _room.acquire(timeout=bounds.wait):
        raise SandboxBusy
    try:
        yield
    finally:
        _room.release()


def _child(order: bytes, bounds: Bounds) -> tuple[bytes, int]:
    """Run the child; give what it said and how it ended."""
    command = [sys.executable, "-I", "-B", "-m", "motcua.core.letters.child"]
    with tempfile.TemporaryDirectory(prefix="motcua-letter-") as empty:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command,
                input=order,
                capture_output=True,
                cwd=empty,
                env={},
                timeout=bounds.wait,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            return late.stdout or b"", -9
    return done.stdout, done.returncode


def _made(told: Mapping[str, Any], bounds: Bounds) -> Made:
    if "over" in told:
        return Made(faults=(over(told["over"], bounds),))
    if "fault" in told:
        return Made(faults=broken(told["fault"], told["where"]))
    return Made(told["made"])
