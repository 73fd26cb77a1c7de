"""Tests of reforms."""

from __future__ import annotations
