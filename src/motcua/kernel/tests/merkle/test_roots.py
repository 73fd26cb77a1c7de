"""Roots, in one go and streaming."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel.merkle import EMPTY_ROOT, BrokenFrontier, Frontier, leaf_hash, node_hash, root
from motcua.kernel.tests.merkle.samples import LEAVES, ROOTS

TREES = st.lists(st.binary(max_size=4), max_size=70)


def rfc_root(leaves):
    """The recursive definition of RFC 6962 §2.1, word for word."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else hashlib.sha256().digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(rfc_root(leaves[:split]), rfc_root(leaves[split:]))


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size):
    assert root(LEAVES[:size]) == ROOTS[size]


@given(TREES)
def test_roots_follow_the_definition(leaves):
    assert root(leaves) == rfc_root(leaves)


@given(TREES)
def test_streaming_gives_the_same_root(leaves):
    frontier = Frontier()
    frontier.extend(leaves)
    assert (frontier.size, frontier.root()) == (len(leaves), root(leaves))


def test_every_stage_of_the_stream_has_the_known_root():
    frontier = Frontier()
    assert frontier.root() == EMPTY_ROOT
    for size, leaf in enumerate(LEAVES, start=1):
        frontier.append(leaf)
        assert frontier.root() == ROOTS[size]


@given(TREES, TREES)
def test_a_stored_frontier_goes_on(before, after):
    frontier = Frontier()
    frontier.extend(before)
    resumed = Frontier(frontier.size, frontier.peaks)
    resumed.extend(after)
    assert resumed.root() == root(before + after)


def test_memory_grows_with_the_logarithm():
    frontier = Frontier()
    frontier.extend(b"x" for _ in range(4095))
    assert len(frontier.peaks) == 12


@pytest.mark.parametrize(
    ("size", "peaks"), [(1, []), (2, [bytes(32)] * 2), (-1, [bytes(32)]), (1, [b"x"])]
)
def test_a_broken_frontier_is_refused(size, peaks):
    with pytest.raises(BrokenFrontier):
        Frontier(size, peaks)


def test_a_node_cannot_pass_for_a_leaf():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert root([b"a", b"b"]) == node_hash(left, right)
    for forged in (left + right, b"\x01" + left + right):
        assert root([forged]) != root([b"a", b"b"])
    assert leaf_hash(b"ab") != node_hash(b"a", b"b")


@given(TREES.filter(bool))
def test_an_odd_leaf_is_never_doubled(leaves):
    assert root([*leaves, leaves[-1]]) != root(leaves)
