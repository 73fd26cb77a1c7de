"""Tests of the scanner of files."""

from __future__ import annotations
