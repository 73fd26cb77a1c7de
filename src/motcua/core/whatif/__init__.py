"""Giả định: a past period replayed under other limits or with fewer people; nothing is written."""

from __future__ import annotations
