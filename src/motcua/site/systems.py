"""The systems this instance runs: one line each, nothing else to touch when one is added."""

from __future__ import annotations

SYSTEMS = (
    "motcua.systems.one_stop",
    "motcua.systems.antispam",
    "motcua.systems.telecom",
    "motcua.systems.benchmark",
)
