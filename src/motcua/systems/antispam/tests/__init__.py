"""Tests of the system against spam."""

from __future__ import annotations
