"""A repeated request gives the first result; another body under its key is refused."""

from __future__ import annotations
