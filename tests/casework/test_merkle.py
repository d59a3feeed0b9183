"""The tree against the known vectors of Certificate Transparency, the RFC's drawing, and a naive tree."""

import time
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.merkle import (
    EMPTY_ROOT,
    Frontier,
    Tree,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

# The leaves, roots and proofs with which Certificate Transparency's own implementations are tested (RFC 6962).
INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
INCLUSIONS = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
}
CONSISTENCIES = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
KNOWN = Tree(leaf_hash(bytes.fromhex(text)) for text in INPUTS)


def naive(leaves: list[bytes]) -> bytes:
    """The root as RFC 9162, 2.1.1 defines it, word for word."""
    if not leaves:
        return sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive(leaves[:split]) + naive(leaves[split:])).digest()


def naive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*naive_path(index, leaves[:split]), naive(leaves[split:])]
    return [*naive_path(index - split, leaves[split:]), naive(leaves[:split])]


def naive_subproof(old: int, leaves: list[bytes], known: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b) of RFC 9162, 2.1.4.1."""
    if old == len(leaves):
        return [] if known else [naive(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if old <= split:
        return [*naive_subproof(old, leaves[:split], known), naive(leaves[split:])]
    return [*naive_subproof(old - split, leaves[split:], False), naive(leaves[:split])]


def made_up(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_known_roots(size: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size]]
    assert Tree(leaves).root().hex() == KNOWN.root(size).hex() == Frontier(leaves).root().hex() == ROOTS[size]


@pytest.mark.parametrize("place", INCLUSIONS)
def test_known_inclusion_proofs(place: tuple[int, int]) -> None:
    assert tuple(step.hex() for step in KNOWN.inclusion_proof(*place)) == INCLUSIONS[place]


@pytest.mark.parametrize("sizes", CONSISTENCIES)
def test_known_consistency_proofs(sizes: tuple[int, int]) -> None:
    assert tuple(step.hex() for step in KNOWN.consistency_proof(*sizes)) == CONSISTENCIES[sizes]


def test_the_example_drawn_in_the_rfc() -> None:
    """RFC 9162, 2.1.5: a tree of seven leaves with its nodes named by letters."""
    a, b, c, d, e, f, j = made_up(7)
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l = node_hash(g, h), node_hash(i, j)  # noqa: E741 - the RFC's letters
    tree = Tree(made_up(7))
    assert tree.root() == node_hash(k, l)
    assert tree.inclusion_proof(0, 7) == (b, h, l)
    assert tree.inclusion_proof(3, 7) == (c, g, l)
    assert tree.inclusion_proof(4, 7) == (f, j, k)
    assert tree.inclusion_proof(6, 7) == (i, k)
    assert tree.consistency_proof(3, 7) == (c, d, g, l)
    assert tree.consistency_proof(4, 7) == (l,)
    assert tree.consistency_proof(6, 7) == (i, j, k)


def test_a_leaf_is_no_node() -> None:
    left, right = made_up(2)
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize("size", [*range(34), 63, 64, 65])
def test_every_proof_of_small_trees_is_the_naive_one_and_holds(size: int) -> None:
    leaves = made_up(size)
    tree = Tree(leaves)
    assert tree.root() == Frontier(leaves).root() == naive(leaves)
    for index in range(size):
        path = tree.inclusion_proof(index, size)
        assert list(path) == naive_path(index, leaves)
        assert verify_inclusion(leaves[index], index, size, path, tree.root())
    for old in range(1, size + 1):
        proof = tree.consistency_proof(old, size)
        assert list(proof) == naive_subproof(old, leaves, True)
        assert verify_consistency(old, size, tree.root(old), tree.root(), proof)


@settings(deadline=None, max_examples=150)
@given(st.integers(1, 300), st.data())
def test_a_proof_holds_for_nothing_else(size: int, data: st.DataObject) -> None:
    leaves = made_up(size)
    tree = Tree(leaves)
    index = data.draw(st.integers(0, size - 1))
    path, root = list(tree.inclusion_proof(index, size)), tree.root()
    assert verify_inclusion(leaves[index], index, size, path, root)
    other = data.draw(st.integers(-1, size + 1).filter(lambda number: number != index))
    assert not verify_inclusion(leaves[index], other, size, path, root)
    assert not verify_inclusion(leaf_hash(b"other"), index, size, path, root)
    assert not verify_inclusion(leaves[index], index, size, [*path, root], root)
    assert not verify_inclusion(leaves[index], index, size, path, leaf_hash(b"other"))
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        assert not verify_inclusion(leaves[index], index, size, path[:place] + path[place + 1 :], root)
        path[place] = leaf_hash(b"other")
        assert not verify_inclusion(leaves[index], index, size, path, root)


@settings(deadline=None, max_examples=150)
@given(st.integers(2, 300), st.data())
def test_only_a_beginning_is_consistent(size: int, data: st.DataObject) -> None:
    tree = Tree(made_up(size))
    old = data.draw(st.integers(1, size - 1))
    proof = list(tree.consistency_proof(old, size))
    assert verify_consistency(old, size, tree.root(old), tree.root(), proof)
    changed = made_up(old)
    changed[data.draw(st.integers(0, old - 1))] = leaf_hash(b"rewritten")
    assert not verify_consistency(old, size, Tree(changed).root(), tree.root(), proof)
    assert not verify_consistency(old, size, tree.root(old), leaf_hash(b"other"), proof)
    assert not verify_consistency(old, size, tree.root(old), tree.root(), proof[:-1])
    assert not verify_consistency(old, size, tree.root(old), tree.root(), [*proof, tree.root()])
    place = data.draw(st.integers(0, len(proof) - 1))
    proof[place] = leaf_hash(b"other")
    assert not verify_consistency(old, size, tree.root(old), tree.root(), proof)


def test_every_tree_begins_with_the_empty_one_and_with_itself() -> None:
    tree = Tree(made_up(5))
    assert tree.consistency_proof(0, 5) == tree.consistency_proof(5, 5) == ()
    assert verify_consistency(0, 5, EMPTY_ROOT, tree.root(), ())
    assert not verify_consistency(0, 5, tree.root(), tree.root(), ())
    assert not verify_consistency(0, 5, EMPTY_ROOT, tree.root(), (tree.root(),))
    assert verify_consistency(5, 5, tree.root(), tree.root(), ())
    assert not verify_consistency(5, 5, tree.root(4), tree.root(), ())
    assert not verify_consistency(6, 5, tree.root(), tree.root(), ())
    assert not verify_consistency(3, 5, tree.root(3), tree.root(), ())


@pytest.mark.parametrize("ask", [lambda t: t.root(4), lambda t: t.inclusion_proof(3, 3), lambda t: t.root(-1),
                                 lambda t: t.inclusion_proof(-1, 3), lambda t: t.inclusion_proof(0, 4),
                                 lambda t: t.consistency_proof(3, 2), lambda t: t.consistency_proof(1, 4)])  # fmt: skip
def test_what_is_not_there_cannot_be_proven(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ValueError, match="expected"):
        ask(Tree(made_up(3)))


@pytest.mark.slow
def test_a_proof_among_a_million_is_small_and_quick() -> None:
    """At most 1 KB and 1 ms, made and checked; the median over 1,000 places, two proofs each."""
    size = 1_000_000
    tree = Tree(leaf_hash(number.to_bytes(4)) for number in range(size))
    root, seconds = tree.root(), []
    for index in range(0, size, size // 1000):
        before = time.perf_counter()
        path = tree.inclusion_proof(index, size)
        proof = tree.consistency_proof(index + 1, size)
        seconds.append((time.perf_counter() - before) / 2)
        assert max(len(path), len(proof)) * 32 <= 1024
        assert verify_inclusion(leaf_hash(index.to_bytes(4)), index, size, path, root)
        assert verify_consistency(index + 1, size, tree.root(index + 1), root, proof)
    assert sorted(seconds)[len(seconds) // 2] < 0.001
