"""Tests of clock."""

from __future__ import annotations
