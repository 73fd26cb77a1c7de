"""Tests of the papers."""

from __future__ import annotations
