"""The three hashes of the ledger, each under a prefix of its own so that none can pass for another.

No Django here: the offline check of a proof uses these very functions.
"""

from __future__ import annotations

import hashlib

_STREAM = b"motcua.ledger.stream.1\x00"
_ENTRY = b"motcua.ledger.entry.1\x00"
_SEALS = b"motcua.ledger.seals.1\x00"
_SEAL = b"motcua.ledger.seal.1\x00"


def genesis(stream: int) -> bytes:
    """Give what stands before the first entry of a stream: 32 bytes, different for each stream."""
    return hashlib.sha256(_STREAM + str(stream).encode()).digest()


def entry_hash(previous: bytes, body: bytes) -> bytes:
    """Hash an entry: SHA-256(prefix ‖ hash of the entry before, 32 bytes ‖ canonical JSON)."""
    return hashlib.sha256(_ENTRY + previous + body).digest()


def first_seal(instance: str) -> bytes:
    """Give what stands before the first seal of an instance: 32 bytes."""
    return hashlib.sha256(_SEALS + instance.encode()).digest()


def signed_bytes(statement: str) -> bytes:
    """Give the bytes that the seal key signs: a prefix, then the statement as written."""
    return _SEAL + statement.encode()


def seal_hash(statement: str) -> bytes:
    """Hash a seal: SHA-256 of what is signed. The next seal carries it as `previous`."""
    return hashlib.sha256(signed_bytes(statement)).digest()
