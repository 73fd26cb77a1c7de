"""Interval rows with two times (occurred, recorded), and deltas for live figures."""

from __future__ import annotations
