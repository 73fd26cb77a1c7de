"""Việc nền: one durable job table with leases, tries, back-off and schedules."""

from __future__ import annotations
