"""Tests of the merkle package."""

from __future__ import annotations
