"""Words without accents, found within an actor's scopes."""

from __future__ import annotations
