"""Tests of the vietnamese package."""

from __future__ import annotations
