"""The one clock of the house, stopped.

`now` stays the very function that every module has imported; only what it asks is another clock.
So no module is missed, and none that is imported meanwhile keeps a stopped clock.
"""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest

from motcua.core import now as clock


def stop(patch: pytest.MonkeyPatch, at: datetime.datetime) -> None:
    """Let the house read one instant until the test is over."""
    stopped = SimpleNamespace(now=at.astimezone)
    patch.setattr(clock, "datetime", SimpleNamespace(datetime=stopped, UTC=datetime.UTC))
