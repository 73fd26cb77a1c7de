"""Kill -9 in the middle of load: what was acknowledged is there, exactly once."""

from __future__ import annotations
