"""Proofs that a later tree only appended to an earlier one (RFC 6962 §2.1.2)."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.kernel.errors import Refused
from motcua.kernel.merkle.hashes import node_hash
from motcua.kernel.merkle.tree import levels


class NoSuchTree(Refused):
    """A proof was asked from a tree that is empty or larger than the present one."""

    code = "merkle.no_such_tree"
    vi = "Không có cây {old_size} lá nằm trong cây {new_size} lá."
    en = "There is no tree of {old_size} leaves inside the tree of {new_size} leaves."
    status = 404


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """Prove that the first ``old_size`` leaves are the beginning of ``leaves``' tree.

    Raises ``NoSuchTree`` unless ``1 <= old_size <= len(leaves)``.
    """
    if not 0 < old_size <= len(leaves):
        raise NoSuchTree(old_size=old_size, new_size=len(leaves))
    hashes = levels(leaves)[0]
    return _subproof(hashes, old_size, is_root=True)


def _subproof(hashes: list[bytes], old_size: int, *, is_root: bool) -> list[bytes]:
    if old_size == len(hashes):
        return [] if is_root else [_fold(hashes)]
    split = _split(len(hashes))
    left, right = hashes[:split], hashes[split:]
    if old_size <= split:
        return [*_subproof(left, old_size, is_root=is_root), _fold(right)]
    return [*_subproof(right, old_size - split, is_root=False), _fold(left)]


def _fold(hashes: list[bytes]) -> bytes:
    if len(hashes) == 1:
        return hashes[0]
    split = _split(len(hashes))
    return node_hash(_fold(hashes[:split]), _fold(hashes[split:]))


def _split(size: int) -> int:
    """Give the largest power of two below ``size`` (≥ 2)."""
    return 1 << (size - 1).bit_length() - 1
