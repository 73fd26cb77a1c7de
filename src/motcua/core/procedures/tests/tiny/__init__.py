"""A system of one small procedure, for tests."""

from __future__ import annotations
