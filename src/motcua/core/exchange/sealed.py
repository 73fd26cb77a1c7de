"""Words of a message that nobody reads in the outbox: sealed there, opened by its carrier."""

from __future__ import annotations

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motcua.core.secrets import key
from motcua.kernel.errors import Refused

_NONCE = 12


class SealBroken(Refused):
    """The words do not open with the key of this house."""

    code = "exchange.seal_broken"
    vi = "Không mở được nội dung niêm phong của thông điệp; khóa hoặc dữ liệu đã bị thay đổi."
    en = "The sealed words of the message do not open: the key or the row was changed."
    status = 500


def seal(text: str) -> str:
    """Encrypt words for a payload (AES-GCM, nonce first, base 64)."""
    nonce = secrets.token_bytes(_NONCE)
    cipher = AESGCM(key("messages")).encrypt(nonce, text.encode(), None)
    return base64.b64encode(nonce + cipher).decode()


def unseal(sealed: str) -> str:
    """Give the words that were sealed; raises `SealBroken`."""
    try:
        data = base64.b64decode(sealed, validate=True)
        return AESGCM(key("messages")).decrypt(data[:_NONCE], data[_NONCE:], None).decode()
    except (InvalidTag, ValueError) as broken:
        raise SealBroken from broken
