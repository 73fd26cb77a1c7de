"""A root in one pass: the hashes of the complete subtrees on the right edge are enough."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from motcua.kernel.errors import Refused
from motcua.kernel.merkle.hashes import EMPTY_ROOT, HASH_SIZE, leaf_hash, node_hash


class BrokenFrontier(Refused):
    """Stored peaks that no tree of that size can have."""

    code = "merkle.broken_frontier"
    vi = "Trạng thái cây niêm phong không hợp lệ: {size} lá nhưng có {peaks} đỉnh."
    en = "The stored seal tree is broken: {size} leaves but {peaks} peaks."


class Frontier:
    """A growing Merkle tree kept in O(log n) memory; ``peaks`` and ``size`` are all its state."""

    __slots__ = ("_peaks", "_size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """Start empty, or resume from the stored ``size`` and ``peaks``."""
        self._size = size
        self._peaks = list(peaks)
        sound = size >= 0 and len(self._peaks) == size.bit_count()
        if not sound or any(len(peak) != HASH_SIZE for peak in self._peaks):
            raise BrokenFrontier(size=size, peaks=len(self._peaks))

    @property
    def size(self) -> int:
        """How many leaves were appended."""
        return self._size

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Roots of the complete subtrees, the largest first."""
        return tuple(self._peaks)

    def append(self, leaf: bytes) -> None:
        """Add the data of the next leaf."""
        running = leaf_hash(leaf)
        carry = self._size
        while carry & 1:
            running = node_hash(self._peaks.pop(), running)
            carry >>= 1
        self._peaks.append(running)
        self._size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add the data of many leaves in order."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """Give the root over all leaves so far, equal to ``tree.root`` of the same leaves."""
        if not self._peaks:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self._peaks))
