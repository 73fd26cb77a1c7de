"""Tests of facts."""

from __future__ import annotations
