"""Cơ quan, chức vụ: the tree of agencies through time and who holds which post."""

from __future__ import annotations
