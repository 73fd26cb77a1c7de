"""Tests of erasing."""

from __future__ import annotations
