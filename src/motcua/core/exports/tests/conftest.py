"""The empty house of the take-over's tests."""

from __future__ import annotations

from motcua.core.takeover.tests.conftest import house

__all__ = ["house"]
