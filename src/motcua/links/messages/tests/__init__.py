"""Tests of the link for notices."""

from __future__ import annotations
