"""Tests of the till."""

from __future__ import annotations
