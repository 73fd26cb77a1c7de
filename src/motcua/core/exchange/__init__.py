"""Thông điệp: the outbox, delivered at least once, in order per receiver."""

from __future__ import annotations
