"""Random words that open a door: shown once, kept as their hash."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32  # 256 bits: nothing to guess, so a plain fast hash is enough


def new_token(prefix: str = "") -> str:
    """Give a fresh token of 256 random bits."""
    return prefix + secrets.token_urlsafe(_BYTES)


def token_hash(token: str) -> bytes:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).digest()
