"""The Merkle tree under the audit log: hashes, roots and proofs of RFC 9162, section 2.1.

A leaf is hashed with 0x00 before it and an inner node with 0x01, so that neither can pass for the other. A tree of n
leaves splits at the largest power of two below n; all hashes are SHA-256, 32 bytes.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256().digest()
"""The root of a tree without leaves (RFC 9162, 2.1.1)."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry, 32 bytes."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two children, 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """What is needed of a tree to append to it and to know its root: at most log2(n) hashes, the largest subtree first.

    Attributes:
        size: how many leaves there are.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        for leaf in leaves:
            self.append(leaf)

    def append(self, leaf: bytes) -> None:
        """Add a leaf, given as its hash; at most log2(n) hashes are made, two on average."""
        self.size += 1
        full = self.size
        while full % 2 == 0:
            leaf = node_hash(self._peaks.pop(), leaf)
            full //= 2
        self._peaks.append(leaf)

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root


class Tree:
    """A whole tree in memory, about 150 bytes a leaf: any root and any proof in O(log(n)^2) hashes."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]  # of complete subtrees: level k has one hash for 2^k leaves
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf, given as its hash."""
        level = 0
        self._levels[0].append(leaf)
        while len(self._levels[level]) % 2 == 0:
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(node_hash(*self._levels[level][-2:]))
            level += 1

    def root(self, size: int | None = None) -> bytes:
        """The root of the first ``size`` leaves, or of all.

        Raises:
            ValueError: there are fewer leaves.
        """
        return self._range(0, self._known(self.size if size is None else size))

    def inclusion_proof(self, index: int, size: int) -> tuple[bytes, ...]:
        """The path from leaf ``index`` to the root of the first ``size`` leaves, lowest first (RFC 9162, 2.1.3.1).

        Raises:
            ValueError: there are fewer leaves.
        """
        if not 0 <= index < self._known(size):
            raise ValueError(f"expected an index from 0 to {size - 1}, got {index}")
        path, start, end = [], 0, size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return tuple(reversed(path))

    def consistency_proof(self, old_size: int, new_size: int) -> tuple[bytes, ...]:
        """That the first ``old_size`` leaves are the beginning of the first ``new_size`` (RFC 9162, 2.1.4.1).

        Raises:
            ValueError: there are fewer leaves, or the older tree is the larger one.
        """
        if not 0 <= old_size <= self._known(new_size):
            raise ValueError(f"expected an older size from 0 to {new_size}, got {old_size}")
        if old_size in (0, new_size):
            return ()
        path, start, end, known = [], 0, new_size, True
        while old_size < end:
            middle = start + _split(end - start)
            if old_size <= middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start, known = middle, False
        if not known:
            path.append(self._range(start, end))
        return tuple(reversed(path))

    def _known(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise ValueError(f"expected a size from 0 to {self.size}, got {size}")
        return size

    def _range(self, start: int, end: int) -> bytes:
        """The root of the leaves from ``start`` to ``end``, where a subtree of the whole tree begins at ``start``."""
        if start == end:
            return EMPTY_ROOT
        count = end - start
        if count & (count - 1) == 0:
            return self._levels[count.bit_length() - 1][start // count]
        middle = start + _split(count)
        return node_hash(self._range(start, middle), self._range(middle, end))


def _split(count: int) -> int:
    """The largest power of two below ``count``, which is at least 2."""
    return 1 << (count - 1).bit_length() - 1


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` leads from a leaf's hash to the root of a tree of that size (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, hashed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place % 2 or place == last:
            hashed = node_hash(step, hashed)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            hashed = node_hash(hashed, step)
        place, last = place // 2, last // 2
    return last == 0 and hashed == root


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows the older tree to be the beginning of the newer one (RFC 9162, 2.1.4.2).

    Every tree begins with the empty one, and with itself; both take an empty proof.
    """
    if not 0 <= old_size <= new_size:
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    if old_size == new_size:
        return not proof and old_root == new_root
    steps = list(proof)
    if old_size & (old_size - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    place, last = old_size - 1, new_size - 1
    while place % 2:
        place, last = place // 2, last // 2
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place % 2 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            new = node_hash(new, step)
        place, last = place // 2, last // 2
    return last == 0 and old == old_root and new == new_root
