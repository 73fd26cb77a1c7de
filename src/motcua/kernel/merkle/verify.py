"""Checks that need no tree: what a citizen's offline verifier runs (RFC 9162 §2.1.3.2, §2.1.4.2).

A proof binds leaf and index to ``(size, root)`` **together**: some sizes share the shape of a
path, so a verifier must take the size from the same signed seal as the root, never from the
one who shows the proof.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from motcua.kernel.merkle.hashes import HASH_SIZE, node_hash


def verify_inclusion(
    leaf_hash: bytes,
    index: int,
    size: int,
    proof: Sequence[bytes],
    root: bytes,
) -> bool:
    """Say whether the leaf stands at ``index`` of the tree of ``size`` leaves under ``root``."""
    if not 0 <= index < size or not _hashes((leaf_hash, root, *proof)):
        return False
    node, last, running = index, size - 1, leaf_hash
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            running = node_hash(sibling, running)
            node, last = _past_promotions(node, last)
        else:
            running = node_hash(running, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and hmac.compare_digest(running, root)


def verify_consistency(
    old_size: int,
    new_size: int,
    old_root: bytes,
    new_root: bytes,
    proof: Sequence[bytes],
) -> bool:
    """Say whether the tree of ``new_size`` only appended to the tree of ``old_size`` (≥ 1)."""
    if not 0 < old_size <= new_size or not _hashes((old_root, new_root, *proof)):
        return False
    if old_size == new_size:
        return not proof and hmac.compare_digest(old_root, new_root)
    is_whole = old_size & (old_size - 1) == 0  # then the old root is a node of the new tree
    steps = [old_root, *proof] if is_whole else list(proof)
    return bool(steps) and _replay(old_size - 1, new_size - 1, steps) == (old_root, new_root)


def _replay(node: int, last: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    """Rebuild both roots at once; None when the path has the wrong length."""
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            node, last = _past_promotions(node, last)
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return (old, new) if last == 0 else None


def _past_promotions(node: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a last node without a sibling moved up unchanged."""
    while not node & 1 and node:
        node, last = node >> 1, last >> 1
    return node, last


def _hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_SIZE for value in values)
