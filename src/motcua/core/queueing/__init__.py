"""Hàng chờ quầy: tickets of a counter's day, who is called, and how long people wait."""

from __future__ import annotations
