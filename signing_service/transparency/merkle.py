"""The Merkle tree of RFC 6962, section 2.1: hashing, proofs, and the checking of proofs.

Nothing here stores anything. A proof is built from complete subtrees that a `SubtreeReader` hands over, about log2(size) of them;
checking one needs no reader at all. Everything is iterative; a proof longer than any tree is high is refused before it is hashed.
"""

import hashlib
from collections.abc import Sequence
from typing import Protocol

from signing_service.errors import InvalidInputError

HASH_BYTES = 32
MAX_TREE_SIZE = 2**63 - 1
"""Largest size anybody has to understand; a proof then has at most 64 hashes (inclusion: 63)."""

MAX_PROOF_HASHES = 64

EMPTY_ROOT = hashlib.sha256(b"").digest()


class SubtreeReader(Protocol):
    """Gives the hashes of complete subtrees of one tree."""

    def subtree(self, level: int, index: int) -> bytes:
        """The Merkle Tree Hash of leaves `index * 2**level` up to (not including) `(index + 1) * 2**level`.

        Raises:
            IntegrityError: stored bytes are missing or damaged.
        """
        ...


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one log entry: SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """The root over the hashes of 2**k neighbouring subtrees of one height."""
    row = list(hashes)
    sha256 = hashlib.sha256
    while len(row) > 1:
        row = [sha256(b"\x01" + row[i] + row[i + 1]).digest() for i in range(0, len(row), 2)]
    return row[0]


def root_of_peaks(peaks: Sequence[bytes]) -> bytes:
    """The root over perfect subtrees of falling height, given from left to right; none at all is the empty tree."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def root(reader: SubtreeReader, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _range_hash(reader, 0, size)


def inclusion_proof(reader: SubtreeReader, index: int, size: int) -> tuple[bytes, ...]:
    """The audit path of leaf `index` in the tree of `size` leaves, from the leaf upwards (RFC 6962, 2.1.1).

    Raises:
        InvalidInputError: there is no such leaf (`log-index-out-of-range`).
    """
    if not 0 <= index < size <= MAX_TREE_SIZE:
        raise index_out_of_range()
    start, stop = 0, size
    path = []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_range_hash(reader, middle, stop))
            stop = middle
        else:
            path.append(_range_hash(reader, start, middle))
            start = middle
    return tuple(reversed(path))


def consistency_proof(reader: SubtreeReader, old_size: int, new_size: int) -> tuple[bytes, ...]:
    """The proof that the first `old_size` leaves of the larger tree are the smaller tree (RFC 6962, 2.1.2).

    Empty when the sizes are equal or the old tree is empty.

    Raises:
        InvalidInputError: the old tree is not smaller (`log-index-out-of-range`).
    """
    if not 0 <= old_size <= new_size <= MAX_TREE_SIZE:
        raise index_out_of_range()
    if old_size == 0:
        return ()
    start, stop = 0, new_size
    path = []
    while stop != old_size:
        middle = start + _split(stop - start)
        if old_size <= middle:
            path.append(_range_hash(reader, middle, stop))
            stop = middle
        else:
            path.append(_range_hash(reader, start, middle))
            start = middle
    # The old tree as a whole is what the checker already holds; a part of it has to be told.
    if start > 0:
        path.append(_range_hash(reader, start, stop))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` leads from leaf hash `leaf` at `index` to `root` over `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size <= MAX_TREE_SIZE or not _well_formed(proof):
        return False
    node, last = index, size - 1
    computed = leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            computed = node_hash(sibling, computed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            computed = node_hash(computed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and computed == root


def verify_consistency(*, old_size: int, old_root: bytes, new_size: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree of `new_size` only adds to the tree of `old_size` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= new_size <= MAX_TREE_SIZE or not _well_formed(proof):
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    # A complete old tree is itself the first hash, which the proof leaves out.
    path = [old_root, *proof] if old_size & (old_size - 1) == 0 else list(proof)
    if not path:
        return False
    node, last = old_size - 1, new_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old_computed = new_computed = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old_computed = node_hash(sibling, old_computed)
            new_computed = node_hash(sibling, new_computed)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new_computed = node_hash(new_computed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old_computed == old_root and new_computed == new_root


def index_out_of_range() -> InvalidInputError:
    """The error for a leaf or a size that the tree does not have."""
    return InvalidInputError(
        "log-index-out-of-range",
        vi="Nhật ký không có mục hoặc kích thước này.",
        en="The log has no such entry or size.",
    )


def _split(length: int) -> int:
    """The largest power of two below `length` (at least 2)."""
    return 1 << (length - 1).bit_length() - 1


def _range_hash(reader: SubtreeReader, start: int, stop: int) -> bytes:
    """The hash over leaves start..stop, where `start` is a multiple of the largest power of two within the length."""
    peaks = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        peaks.append(reader.subtree(level, start >> level))
        start += 1 << level
    return root_of_peaks(peaks)


def _well_formed(proof: Sequence[bytes]) -> bool:
    return len(proof) <= MAX_PROOF_HASHES and all(len(sibling) == HASH_BYTES for sibling in proof)
