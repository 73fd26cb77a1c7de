"""Conditions: what may be written, and what holds."""

from __future__ import annotations
