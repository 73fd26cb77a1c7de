"""The pages of the desk, one module a page."""

from __future__ import annotations
