"""Tests of the kernel."""

from __future__ import annotations
