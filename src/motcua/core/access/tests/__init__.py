"""Tests of the access log and of masks."""

from __future__ import annotations
