"""Bad input: a clear named error in both languages, and nothing changed."""

from __future__ import annotations
