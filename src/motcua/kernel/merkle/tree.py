"""Roots and proofs over leaves held in memory (RFC 6962 §2.1).

A level is built by pairing the one below; an odd last node moves up as it is. This gives the
same tree as the recursive definition of the RFC, which splits at the largest power of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from motcua.kernel.errors import Refused
from motcua.kernel.merkle.hashes import EMPTY_ROOT, leaf_hash, node_hash

Levels = list[list[bytes]]


class NoSuchLeaf(Refused):
    """A proof was asked for a leaf that the tree does not have."""

    code = "merkle.no_such_leaf"
    vi = "Cây có {size} lá, không có lá số {index}."
    en = "The tree has {size} leaves; there is no leaf {index}."
    status = 404


def levels(leaves: Iterable[bytes]) -> Levels:
    """Give all levels of hashes, the leaves' first; the last has one hash, the root."""
    built = [[leaf_hash(leaf) for leaf in leaves]]
    while len(built[-1]) > 1:
        built.append(_above(built[-1]))
    return built


def root(leaves: Iterable[bytes]) -> bytes:
    """Give the Merkle tree hash of the leaves' **data** (not of hashes), 32 bytes."""
    top = levels(leaves)[-1]
    return top[0] if top else EMPTY_ROOT


def inclusion_proof(leaves: Iterable[bytes], index: int) -> list[bytes]:
    """Give the audit path of one leaf, from the leaf upwards. Raises ``NoSuchLeaf``."""
    return path(levels(leaves), index)


def proofs(leaves: Iterable[bytes], indices: Iterable[int]) -> dict[int, list[bytes]]:
    """Give the audit paths of several leaves, hashing the tree once. Raises ``NoSuchLeaf``."""
    built = levels(leaves)
    return {index: path(built, index) for index in indices}


def path(built: Levels, index: int) -> list[bytes]:
    """Read one audit path from the output of ``levels``. Raises ``NoSuchLeaf``."""
    if not 0 <= index < len(built[0]):
        raise NoSuchLeaf(index=index, size=len(built[0]))
    siblings = []
    for level in built[:-1]:
        if index ^ 1 < len(level):
            siblings.append(level[index ^ 1])
        index >>= 1
    return siblings


def _above(level: Sequence[bytes]) -> list[bytes]:
    nodes = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*nodes, level[-1]] if len(level) % 2 else nodes
