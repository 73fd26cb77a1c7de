"""Personal numbers at rest: AES-GCM for reading back, a keyed hash for finding."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motcua.core.secrets import key

_NONCE = 12


def seal_number(number: str) -> bytes:
    """Encrypt a personal number (nonce first)."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key("fields")).encrypt(nonce, number.encode(), None)


def open_number(cipher: bytes) -> str:
    """Decrypt what `seal_number` gave."""
    data = bytes(cipher)
    return AESGCM(key("fields")).decrypt(data[:_NONCE], data[_NONCE:], None).decode()


def number_hash(number: str) -> bytes:
    """Give the keyed hash under which a personal number is found."""
    return hmac.digest(key("lookup"), number.encode(), hashlib.sha256)
