"""Tests of the codes package."""

from __future__ import annotations
