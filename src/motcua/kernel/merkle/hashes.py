"""The two hashes of RFC 6962 §2.1: a leaf can never pass for a node, nor a node for a leaf."""

from __future__ import annotations

import hashlib

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""

HASH_SIZE = 32


def leaf_hash(data: bytes) -> bytes:
    """Hash the data of one leaf: SHA-256(0x00 ‖ data), 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two children: SHA-256(0x01 ‖ left ‖ right), 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()
