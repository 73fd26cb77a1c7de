"""The outside world: one folder per outside party, with a port, a real side and a fake."""

from __future__ import annotations
