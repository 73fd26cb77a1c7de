"""The pages of this system, one file for each part of its menu."""

from __future__ import annotations
