"""Tests of access."""

from __future__ import annotations
