"""Pure Python: no Django, no I/O, no system clock; time and facts are passed in."""

from __future__ import annotations
