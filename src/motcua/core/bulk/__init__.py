"""One act on many dossiers: each row by the ordinary act, with what became of it."""

from __future__ import annotations
