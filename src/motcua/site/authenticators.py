"""Authenticators of made-up officers: anybody may compute them; they open a sample city only."""

from __future__ import annotations

import base64
import datetime
import hashlib

from motcua.core.accounts.rules import code_at, step_of


def secret_of(username: str) -> str:
    """Give the TOTP secret of a sample account, in base 32."""
    told = hashlib.sha256(f"motcua sample {username}".encode()).digest()
    return base64.b32encode(told[:20]).decode()


def code_of(username: str, at: datetime.datetime) -> str:
    """Give the code that the account's authenticator shows."""
    return code_at(secret_of(username), step_of(at))
