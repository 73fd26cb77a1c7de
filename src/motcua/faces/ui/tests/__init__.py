"""Tests of the interface parts."""

from __future__ import annotations
