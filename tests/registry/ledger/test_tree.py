"""The tree: known roots, every path up to 130 leaves, and what a changed bit does to a proof."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.ledger import tree
from registry.ledger.frontier import Frontier
from registry.ledger.hashing import EMPTY_ROOT, leaf_hash
from registry.ledger.proofs import check_consistency, check_inclusion
from registry.ledger.refusal import Refused
from tests.registry.ledger.vectors import LEAVES, ROOTS, MemoryNodes, naive_root

MANY = 130
HASHES = [leaf_hash(str(number).encode()) for number in range(MANY)]


NODES = MemoryNodes([str(number).encode() for number in range(MANY)])
SIZE_ROOTS = [tree.root(NODES, size) for size in range(MANY + 1)]


def test_the_roots_are_those_that_everybody_knows() -> None:
    nodes, edge = MemoryNodes(LEAVES), Frontier()
    for size, root in enumerate(ROOTS):
        assert tree.root(nodes, size).hex() == root
        assert edge.root().hex() == root
        if size < len(LEAVES):
            edge.append(leaf_hash(LEAVES[size]))


def test_every_root_is_that_of_the_definition() -> None:
    assert SIZE_ROOTS[0] == EMPTY_ROOT
    for size in range(1, MANY + 1):
        assert SIZE_ROOTS[size] == naive_root(HASHES[:size])


def test_the_store_holds_complete_subtrees_only() -> None:
    expected = {(level, index) for level in range(8) for index in range(MANY >> level)}
    assert set(NODES.held) == expected


def test_every_inclusion_path_leads_to_its_root() -> None:
    for size in range(1, MANY + 1):
        for index in range(size):
            path = tree.inclusion_path(NODES, index, size)
            assert len(path) <= (size - 1).bit_length()
            check_inclusion(index, size, HASHES[index], path, SIZE_ROOTS[size])


def test_every_consistency_path_leads_to_both_roots() -> None:
    for new in range(MANY + 1):
        for old in range(new + 1):
            path = tree.consistency_path(NODES, old, new)
            check_consistency(old, new, path, SIZE_ROOTS[old], SIZE_ROOTS[new])


@settings(derandomize=True, max_examples=300)
@given(st.data())
def test_no_changed_inclusion_proof_is_believed(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, MANY))
    index = data.draw(st.integers(0, size - 1))
    path, root, leaf = tree.inclusion_path(NODES, index, size), tree.root(NODES, size), HASHES[index]
    other = bytes(32)
    wrong = [
        (index, size, leaf, path, other),
        (index, size, other, path, root),
        (index, size, leaf, [*path, other], root),
        (size, size, leaf, path, root),
        (-1, size, leaf, path, root),
    ]
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        wrong.append((index, size, leaf, [*path[:place], other, *path[place + 1 :]], root))
        wrong.append((index, size, leaf, path[:-1], root))
        wrong.append((index, size, leaf, [*path[:-1], path[-1][:31]], root))
        wrong.append((index ^ 1, size, leaf, path, root))
    for given_proof in wrong:
        with pytest.raises(Refused):
            check_inclusion(*given_proof)


@settings(derandomize=True, max_examples=300)
@given(st.data())
def test_no_changed_consistency_proof_is_believed(data: st.DataObject) -> None:
    new = data.draw(st.integers(1, MANY))
    old = data.draw(st.integers(1, new))
    path, before, after = tree.consistency_path(NODES, old, new), tree.root(NODES, old), tree.root(NODES, new)
    other = bytes(32)
    wrong = [
        (old, new, path, other, after),
        (old, new, path, before, other),
        (old, new, [*path, other], before, after),
        (new + 1, new, path, before, after),
    ]
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        wrong.append((old, new, [*path[:place], other, *path[place + 1 :]], before, after))
        wrong.append((old, new, path[:-1], before, after))
    for given_proof in wrong:
        with pytest.raises(Refused):
            check_consistency(*given_proof)


def test_an_older_tree_may_not_be_empty_and_proved() -> None:
    check_consistency(0, 5, [], EMPTY_ROOT, bytes(32))
    with pytest.raises(Refused):
        check_consistency(0, 5, [bytes(32)], EMPTY_ROOT, bytes(32))


@settings(derandomize=True, max_examples=100)
@given(st.lists(st.binary(min_size=32, max_size=32), max_size=70), st.integers(0, 70))
def test_an_edge_that_was_put_away_grows_on(hashes: list[bytes], pause: int) -> None:
    whole, edge = Frontier(), Frontier()
    for number, one in enumerate(hashes):
        if number == pause:
            edge = Frontier.from_bytes(edge.to_bytes())
        whole.append(one)
        edge.append(one)
    assert (edge.size, edge.root(), edge.hashes) == (len(hashes), whole.root(), whole.hashes)
    assert edge.root() == (naive_root(hashes) if hashes else EMPTY_ROOT)


def test_the_edge_is_what_the_store_holds() -> None:
    edge = Frontier()
    for size in range(MANY):
        assert tree.frontier(NODES, size).to_bytes() == edge.to_bytes()
        edge.append(HASHES[size])


@pytest.mark.parametrize("raw", [b"", b"\0" * 7, (3).to_bytes(8, "big") + b"x" * 32, bytes(8) + b"x" * 31])
def test_a_broken_edge_is_refused(raw: bytes) -> None:
    with pytest.raises(Refused) as refused:
        Frontier.from_bytes(raw)
    assert refused.value.reason == "edge-malformed"


def test_paths_that_cannot_be_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        tree.inclusion_path(NODES, 3, 3)
    with pytest.raises(ValueError, match="not the beginning"):
        tree.consistency_path(NODES, 4, 3)
