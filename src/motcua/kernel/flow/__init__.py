"""The pure step engine: a definition, a marking and a move give a marking and its effects."""

from __future__ import annotations
