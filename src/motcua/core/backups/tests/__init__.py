"""Tests of the archives."""

from __future__ import annotations
