"""What the five articles tell of, row by row, and what of it is here."""

from __future__ import annotations
