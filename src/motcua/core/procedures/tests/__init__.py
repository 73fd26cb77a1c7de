"""Tests of the procedures as data."""

from __future__ import annotations
