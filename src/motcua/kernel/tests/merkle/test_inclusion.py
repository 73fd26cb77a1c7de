"""Inclusion proofs: every true one passes, every changed one fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.merkle import (
    NoSuchLeaf,
    inclusion_proof,
    leaf_hash,
    proofs,
    root,
    verify_inclusion,
)
from motcua.kernel.tests.merkle.samples import (
    LEAF_1,
    LEAF_4,
    LEAVES,
    NODE_2_3,
    NODE_4_7,
    NODE_6_7,
    ROOTS,
    hashes,
)


@st.composite
def trees(draw, smallest=1):
    """Distinct leaves and one of their places."""
    leaves = draw(st.lists(st.binary(max_size=3), min_size=smallest, max_size=40, unique=True))
    return leaves, draw(st.integers(0, len(leaves) - 1))


def case(tree):
    leaves, index = tree
    return (
        leaf_hash(leaves[index]),
        index,
        len(leaves),
        inclusion_proof(leaves, index),
        root(leaves),
    )


@pytest.mark.parametrize(
    ("index", "size", "proof"),
    [
        (0, 1, []),
        (0, 8, hashes(LEAF_1, NODE_2_3, NODE_4_7)),
        (5, 8, [*hashes(LEAF_4, NODE_6_7), ROOTS[4]]),
        (2, 3, [ROOTS[2]]),
        (1, 5, [ROOTS[1], *hashes(NODE_2_3, LEAF_4)]),
    ],
)
def test_known_proofs(index, size, proof):
    assert inclusion_proof(LEAVES[:size], index) == proof
    assert verify_inclusion(leaf_hash(LEAVES[index]), index, size, proof, ROOTS[size])


@given(trees())
def test_every_proof_verifies(tree):
    assert verify_inclusion(*case(tree))


@given(trees())
def test_many_proofs_at_once_are_the_single_ones(tree):
    leaves, _ = tree
    together = proofs(leaves, range(len(leaves)))
    assert together == {i: inclusion_proof(leaves, i) for i in range(len(leaves))}


@given(trees(), st.binary(max_size=3))
def test_another_leaf_is_rejected(tree, other):
    leaf, index, size, proof, top = case(tree)
    assert verify_inclusion(leaf_hash(other), index, size, proof, top) is (leaf_hash(other) == leaf)


@given(trees())
def test_another_index_is_rejected(tree):
    leaf, index, size, proof, top = case(tree)
    for other in set(range(-2, size + 3)) - {index}:
        assert not verify_inclusion(leaf, other, size, proof, top)


def path_shape(index, size):
    """At each level with a sibling: on which side it stands."""
    shape, last = [], size - 1
    while last:
        if index % 2 or index < last:
            shape.append(index % 2 == 1)
        index, last = index // 2, last // 2
    return shape


@given(trees())
def test_another_size_is_rejected_unless_the_path_has_the_same_shape(tree):
    leaf, index, size, proof, top = case(tree)
    for other in range(-1, 2 * size + 3):
        same = other > index and path_shape(index, other) == path_shape(index, size)
        assert verify_inclusion(leaf, index, other, proof, top) is same


@given(trees(smallest=2), st.data())
def test_a_changed_proof_is_rejected(tree, data):
    leaf, index, size, proof, top = case(tree)
    place = data.draw(st.integers(0, len(proof) - 1))
    bit = data.draw(st.integers(0, 255))
    changed = (int.from_bytes(proof[place], "big") ^ 1 << bit).to_bytes(32, "big")
    forged = [*proof[:place], changed, *proof[place + 1 :]]
    assert not verify_inclusion(leaf, index, size, forged, top)


@given(trees(smallest=2), st.data())
def test_another_order_is_rejected(tree, data):
    leaf, index, size, proof, top = case(tree)
    shuffled = data.draw(st.permutations(proof))
    assert verify_inclusion(leaf, index, size, shuffled, top) is (shuffled == proof)


@given(trees())
def test_a_longer_or_shorter_proof_is_rejected(tree):
    leaf, index, size, proof, top = case(tree)
    assert not verify_inclusion(leaf, index, size, [*proof, leaf], top)
    assert not verify_inclusion(leaf, index, size, [leaf, *proof], top)
    assert not proof or not verify_inclusion(leaf, index, size, proof[:-1], top)


@given(trees(), st.integers(0, 255))
def test_another_root_is_rejected(tree, bit):
    leaf, index, size, proof, top = case(tree)
    other = (int.from_bytes(top, "big") ^ 1 << bit).to_bytes(32, "big")
    assert not verify_inclusion(leaf, index, size, proof, other)


def test_hashes_of_another_length_are_rejected():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    top = root([b"a", b"b"])
    assert verify_inclusion(left, 0, 2, [right], top)
    assert not verify_inclusion(left + right[:1], 0, 2, [right[1:]], top)


def test_an_inner_node_does_not_verify_as_a_leaf():
    leaves = [b"a", b"b", b"c", b"d"]
    forged = leaf_hash(leaf_hash(b"a") + leaf_hash(b"b"))
    assert not verify_inclusion(forged, 0, 2, inclusion_proof(leaves, 0)[1:], root(leaves))


@pytest.mark.parametrize("index", [-1, 3])
def test_no_proof_for_a_leaf_that_is_not_there(index):
    with pytest.raises(NoSuchLeaf) as caught:
        inclusion_proof([b"a", b"b", b"c"], index)
    assert caught.value.details == {"index": index, "size": 3}
    with pytest.raises(NoSuchLeaf):
        proofs([b"a", b"b", b"c"], [0, index])
