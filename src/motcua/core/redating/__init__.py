"""A changed calendar: announced days off and worked days, and the new dates of what is open."""

from __future__ import annotations
