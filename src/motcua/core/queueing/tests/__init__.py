"""Tests of ratings."""

from __future__ import annotations
