"""Tests of fees."""

from __future__ import annotations
