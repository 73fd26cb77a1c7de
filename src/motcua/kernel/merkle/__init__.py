"""SHA-256 Merkle trees as in RFC 6962: what seals the ledger and proves one entry offline."""

from __future__ import annotations

from motcua.kernel.merkle.consistency import NoSuchTree, consistency_proof
from motcua.kernel.merkle.frontier import BrokenFrontier, Frontier
from motcua.kernel.merkle.hashes import EMPTY_ROOT, HASH_SIZE, leaf_hash, node_hash
from motcua.kernel.merkle.tree import NoSuchLeaf, inclusion_proof, proofs, root
from motcua.kernel.merkle.verify import verify_consistency, verify_inclusion

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "BrokenFrontier",
    "Frontier",
    "NoSuchLeaf",
    "NoSuchTree",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "proofs",
    "root",
    "verify_consistency",
    "verify_inclusion",
]
