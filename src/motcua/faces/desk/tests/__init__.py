"""Tests of the desk."""

from __future__ import annotations
