"""Measurements with their references in the same run: `python -m benchmarks NAME --json`."""

from __future__ import annotations
