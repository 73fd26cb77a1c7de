"""Hồ sơ: the running duty, and the acts that move it."""

from __future__ import annotations
