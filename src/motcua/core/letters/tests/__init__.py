"""Tests of letter templates."""

from __future__ import annotations
