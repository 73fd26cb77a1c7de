"""Migrations of the job table."""

from __future__ import annotations
