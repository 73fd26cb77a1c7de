"""Tests of the layers for map programs."""

from __future__ import annotations
