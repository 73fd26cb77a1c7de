"""The outside world: one folder per outside party, with a port, a real side, a fake and a self-check."""

from __future__ import annotations
