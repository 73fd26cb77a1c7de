"""Messages and calls that nobody asked for: numbers that advertise where and how they must not."""

from __future__ import annotations
