"""Personal numbers at rest: AES-GCM for reading back, a keyed hash for finding."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motcua.core.secrets import key
from motcua.kernel.errors import Refused

_NONCE = 12


class NumberUnreadable(Refused):
    """The number does not open with the key of this house: the key or the row was changed."""

    code = "people.number_unreadable"
    vi = "Không giải mã được số định danh; khóa “fields.key” hoặc dữ liệu đã bị thay đổi."
    en = "The personal number cannot be decrypted: “fields.key” or the row was changed."
    status = 500


@lru_cache(maxsize=4)  # setting a key up costs more than a number
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


def seal_number(number: str) -> bytes:
    """Encrypt a personal number (nonce first)."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + _cipher(key("fields")).encrypt(nonce, number.encode(), None)


def open_number(cipher: bytes) -> str:
    """Decrypt what `seal_number` gave; raises `NumberUnreadable`."""
    data = bytes(cipher)
    try:
        return _cipher(key("fields")).decrypt(data[:_NONCE], data[_NONCE:], None).decode()
    except (InvalidTag, ValueError) as broken:
        raise NumberUnreadable from broken


def bound(hashed: bytes, tax_code: str) -> list[str]:
    """Give what the ledger commits to of an officer's interest."""
    return [bytes(hashed).hex(), tax_code]


def number_hash(number: str) -> bytes:
    """Give the keyed hash under which a personal number is found."""
    return hmac.digest(key("lookup"), number.encode(), hashlib.sha256)
