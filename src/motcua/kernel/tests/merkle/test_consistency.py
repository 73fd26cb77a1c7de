"""Consistency proofs between two states of one tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.merkle import NoSuchTree, consistency_proof, root, verify_consistency
from motcua.kernel.tests.merkle.samples import (
    LEAF_1,
    LEAF_4,
    LEAVES,
    NODE_2_3,
    NODE_4_5,
    NODE_4_7,
    NODE_6_7,
    ROOTS,
    hashes,
)


@st.composite
def growths(draw):
    leaves = draw(st.lists(st.binary(max_size=3), min_size=1, max_size=40, unique=True))
    return leaves, draw(st.integers(1, len(leaves)))


def case(growth):
    leaves, old = growth
    return old, len(leaves), root(leaves[:old]), root(leaves), consistency_proof(leaves, old)


@pytest.mark.parametrize(
    ("old", "new", "proof"),
    [
        (1, 1, []),
        (1, 8, hashes(LEAF_1, NODE_2_3, NODE_4_7)),
        (6, 8, [*hashes(NODE_4_5, NODE_6_7), ROOTS[4]]),
        (2, 5, hashes(NODE_2_3, LEAF_4)),
    ],
)
def test_known_proofs(old, new, proof):
    assert consistency_proof(LEAVES[:new], old) == proof
    assert verify_consistency(old, new, ROOTS[old], ROOTS[new], proof)


@given(growths())
def test_every_proof_verifies(growth):
    assert verify_consistency(*case(growth))


@given(growths(), st.data())
def test_a_rewritten_past_is_rejected(growth, data):
    leaves, old = growth
    place = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:place], leaves[place] + b"!!!!", *leaves[place + 1 :]]
    proof = consistency_proof(rewritten, old)
    assert not verify_consistency(old, len(leaves), root(leaves[:old]), root(rewritten), proof)


@given(growths())
def test_swapped_or_foreign_roots_are_rejected(growth):
    old, new, old_root, new_root, proof = case(growth)
    assert not verify_consistency(old, new, bytes(32), new_root, proof)
    assert not verify_consistency(old, new, old_root, bytes(32), proof)
    assert old == new or not verify_consistency(old, new, new_root, old_root, proof)


@given(growths())
def test_a_longer_or_shorter_proof_is_rejected(growth):
    old, new, old_root, new_root, proof = case(growth)
    assert not verify_consistency(old, new, old_root, new_root, [*proof, bytes(32)])
    assert not proof or not verify_consistency(old, new, old_root, new_root, proof[:-1])


@pytest.mark.parametrize("claimed", [3, 4, 5, 8])
def test_a_proof_does_not_serve_a_larger_tree(claimed):
    proof = consistency_proof(LEAVES[:2], 1)
    assert verify_consistency(1, 2, ROOTS[1], ROOTS[2], proof)
    assert not verify_consistency(1, claimed, ROOTS[1], ROOTS[2], proof)


@pytest.mark.parametrize(("old", "new"), [(0, 1), (-1, 1), (2, 1), (3, 4)])
def test_impossible_sizes_are_rejected(old, new):
    assert not verify_consistency(old, new, ROOTS[1], ROOTS[1], [])


@pytest.mark.parametrize("old", [0, 4, -1])
def test_no_proof_from_a_tree_that_never_was(old):
    with pytest.raises(NoSuchTree):
        consistency_proof([b"a", b"b", b"c"], old)
