"""Infrastructure of telecommunication: masts, ducts, poles and cables, and who shares them."""

from __future__ import annotations
