"""Giới hạn tần suất: how often somebody may ask, counted where all processes see it."""

from __future__ import annotations
