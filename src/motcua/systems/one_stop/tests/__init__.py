"""Tests of the one-stop and its procedures."""

from __future__ import annotations
