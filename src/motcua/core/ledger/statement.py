"""What a seal says and who signs it.

Ed25519 (RFC 8032). The private seed is the key file `seal`, outside the database; `instance` is a
random id kept beside it, so that seals of two houses can never be exchanged.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from motcua.core import secrets
from motcua.core.ledger.append import instant_text
from motcua.core.ledger.hashing import signed_bytes
from motcua.kernel import canonical

FORMAT = "motcua.seal.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A statement (canonical JSON), its signature (64 bytes) and the public key (32 bytes)."""

    statement: str
    signature: bytes
    public_key: bytes


def instance() -> str:
    """Give the random id of this house, 32 hex digits."""
    return secrets.key("instance", 16).hex()


def public_key() -> bytes:
    """Give the public half of the present seal key: what a citizen's verifier should trust."""
    return _private().public_key().public_bytes_raw()


def own_keys() -> frozenset[bytes]:
    """Give the public keys that may sign here: the present one, and those it followed.

    Former ones stand in hexadecimal, one a line, in `seal.former` beside the key (see `secrets`).
    """
    former = Path(settings.MOTCUA_KEYS) / "seal.former"
    lines = former.read_text().split() if former.exists() else []
    return frozenset([public_key(), *map(bytes.fromhex, lines)])


def sign(
    *,
    number: int,
    size: int,
    root: bytes,
    previous: bytes,
    sealed_at: dt.datetime,
    form: str = FORMAT,
) -> Signed:
    """State and sign a seal: `size` rows under `root`, after the seal of hash `previous`.

    `form` names the kind of book, so that no seal of one can pass for another's.
    """
    private = _private()
    public = private.public_key().public_bytes_raw()
    statement = canonical.encode(
        {
            "format": form,
            "instance": instance(),
            "number": number,
            "size": size,
            "root": root.hex(),
            "previous": previous.hex(),
            "sealed_at": instant_text(sealed_at),
            "key": public.hex(),
        }
    ).decode()
    signature = private.sign(signed_bytes(statement))
    return Signed(statement=statement, signature=signature, public_key=public)


def sign_bytes(data: bytes) -> tuple[bytes, bytes]:
    """Sign what is no seal; `data` begins with a prefix of its own. Gives public key, signature."""
    private = _private()
    return private.public_key().public_bytes_raw(), private.sign(data)


def _private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(secrets.key("seal", 32))
