"""Bản nháp: what somebody has filled in and not yet filed."""

from __future__ import annotations
