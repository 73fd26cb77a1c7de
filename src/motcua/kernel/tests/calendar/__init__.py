"""Tests of the legal calendar."""

from __future__ import annotations
