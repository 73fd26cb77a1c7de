"""Tests of agencies."""

from __future__ import annotations
