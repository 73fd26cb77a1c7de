"""Tests of people."""

from __future__ import annotations
