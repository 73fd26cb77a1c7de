"""Giấy tờ nộp: evidence files by content hash."""

from __future__ import annotations
