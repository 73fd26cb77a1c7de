"""Commitments: the ledger binds a personal value without holding it.

The caller keeps the salt outside the ledger. Destroying it is the lawful erasure: what remains
here can no longer be matched with any value, and the chain stays whole.
"""

from __future__ import annotations

import hashlib

from motcua.kernel import canonical
from motcua.kernel.errors import Refused

MIN_SALT_BYTES = 16


class SaltTooShort(Refused):
    """With a short salt a personal value could be guessed from its commitment."""

    code = "ledger.salt_too_short"
    vi = "Muối của cam kết phải dài ít nhất {least} byte."
    en = "The salt of a commitment must have at least {least} bytes."


def commitment(salt: bytes, value: object) -> str:
    """Give hex SHA-256 of the salt (16 bytes or more, of one fixed length) + canonical JSON."""
    if len(salt) < MIN_SALT_BYTES:
        raise SaltTooShort(least=MIN_SALT_BYTES)
    return hashlib.sha256(salt + canonical.encode(value)).hexdigest()
