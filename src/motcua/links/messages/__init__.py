"""Thư báo: notices to parties and officers, by e-mail (real) or into a file (fake)."""

from __future__ import annotations
