"""Layers of registers for map programs: OGC API – Features, the read side."""

from __future__ import annotations
