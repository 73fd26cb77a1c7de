"""Thủ tục: versioned definitions, data that is published and never changes."""

from __future__ import annotations
