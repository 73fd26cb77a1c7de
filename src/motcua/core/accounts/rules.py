"""Codes of an authenticator (RFC 6238: HMAC-SHA-1, six digits, thirty seconds), pure."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
_DRIFT = 1  # steps that a clock may be off, either way


def step_of(at: datetime.datetime) -> int:
    """Give the number of the thirty-second step in which an instant lies."""
    return int(at.timestamp()) // STEP_SECONDS


def code_at(secret: str, step: int) -> str:
    """Give the code of a secret (base 32) for a step."""
    key = base64.b32decode(secret)
    mac = hmac.digest(key, step.to_bytes(8, "big"), hashlib.sha1)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def accepted_step(secret: str, code: str, *, at: datetime.datetime, last: int) -> int | None:
    """Give the step whose code this is: not used before, and at most one step off; else None."""
    now = step_of(at)
    given = code.encode("utf-8", "replace")
    for step in range(max(now - _DRIFT, last + 1), now + _DRIFT + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), given):
            return step
    return None


def address_of_secret(secret: str, *, username: str) -> str:
    """Give the `otpauth:` address that authenticators read as a QR symbol."""
    query = urlencode({"secret": secret, "issuer": "Motcua"})
    return f"otpauth://totp/Motcua:{quote(username)}?{query}"
