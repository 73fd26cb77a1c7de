"""Tests of the acts on people."""

from __future__ import annotations
