"""Database migrations of the procedures."""

from __future__ import annotations
