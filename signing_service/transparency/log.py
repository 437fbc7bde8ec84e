"""The log itself: leaves get their places, tiles are written, a checkpoint is signed.

The order of the leaves is the only decision, and it is taken once, durably, in the `LeafSequence`. Tiles and checkpoints are functions of
that order: whoever computes them, after whichever crash, in whatever batches, computes the same bytes. So

    1. claim     each commitment gets the next free place, or keeps the one it has                   (one transaction)
    2. tiles     everything between the last checkpoint and the end of the order is written           (same bytes or refused)
    3. sign      the checkpoint moves from the head that was read to the new one                      (compare-and-swap)

and a crash after any step leaves work that the next call of `integrate` does as a matter of course. Two sequencers at once write the same
tiles; one checkpoint wins, the other reads it and goes on from there. Before anything is signed, the root of the last checkpoint is found
again in the tiles: a log that was damaged or rolled back signs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from signing_service.errors import IntegrityError, InvalidInputError, UnavailableError
from signing_service.ports import SigningKey
from signing_service.transparency.checkpoint import Checkpoint, parse_and_verify, sign_checkpoint, verifier_key
from signing_service.transparency.edge import Edge, Tile
from signing_service.transparency.leaf import Commitment
from signing_service.transparency.merkle import EMPTY_ROOT, consistency_proof, inclusion_proof, index_out_of_range, leaf_hash
from signing_service.transparency.note import VerifierKey
from signing_service.transparency.tiles import (
    ENTRIES_LEVEL,
    TILE_WIDTH,
    TileName,
    TileReader,
    TileStore,
    pack_entries,
)

MAX_STEP_LEAVES = 64 * TILE_WIDTH
"""Leaves taken into one checkpoint at most, which bounds memory; more leaves make more checkpoints."""


class LeafSequence(Protocol):
    """The order of the leaves.

    Guarantees:
    - Places are 0, 1, 2, … without a gap; a place, once given, never changes, and a commitment has one place.
    - `claim` is one transaction: when it returns, every place is durable; when it raises, all or none were given.
    - Two claims at once give different places.
    """

    def claim(self, commitments: Sequence[Commitment]) -> tuple[int, ...]:
        """The place of each commitment, in the order asked: the one it has, or the next free one.

        Raises:
            UnavailableError: the store does not answer now; the places may or may not have been given. Asking again is safe.
        """
        ...

    def length(self) -> int:
        """How many places are given."""
        ...

    def read(self, start: int, stop: int) -> tuple[Commitment, ...]:
        """The commitments at places `start` up to, not including, `stop`, all of which are given."""
        ...


class CheckpointStore(Protocol):
    """The newest signed checkpoint.

    Guarantees:
    - `latest` returns what the last successful `swap` stored, in any process.
    - Of two swaps from the same old note, at most one succeeds; a success is durable.
    """

    def latest(self) -> str | None:
        """The newest note, or None before the first."""
        ...

    def swap(self, old: str | None, new: str) -> bool:
        """Replace `old` by `new`; False, and nothing changed, if `old` is not the newest any more.

        Raises:
            UnavailableError: the store does not answer now; `new` may or may not be stored.
        """
        ...


@dataclass(frozen=True, slots=True)
class LogProof:
    """One leaf's place under one signed checkpoint; `path` leads from the leaf hash up to the checkpoint's root."""

    index: int
    size: int
    path: tuple[bytes, ...]
    checkpoint: str


class TransparencyLog:
    """An append-only log over three stores. Holds no state of its own: as many instances as wanted, thread-safe as far as its stores are.

    Call it outside a database transaction: what its stores promise to be durable has to be durable when they return.
    """

    def __init__(self, *, origin: str, key: SigningKey, sequence: LeafSequence, tiles: TileStore, checkpoints: CheckpointStore) -> None:
        self._origin = origin
        self._key = key
        self._sequence = sequence
        self._tiles = tiles
        self._checkpoints = checkpoints
        self._verifier = verifier_key(origin, key)

    @property
    def verifier(self) -> VerifierKey:
        """What others need to believe this log's checkpoints."""
        return self._verifier

    def append(self, commitments: Sequence[Commitment]) -> tuple[int, ...]:
        """The index of each commitment, each covered by a signed checkpoint on return; one that is in the log keeps its index.

        Raises:
            UnavailableError: a store does not answer now. Leaves may have been taken; appending them again completes the work.
            IntegrityError: stored tiles, order and checkpoint contradict each other; nothing is signed.
        """
        indices = self._sequence.claim(commitments)
        self.integrate()
        return indices

    def integrate(self) -> Checkpoint:
        """Bring the checkpoint up to every leaf that has a place by now; also the whole of recovery, and safe at any time.

        An empty log gets a checkpoint of size 0.

        Raises:
            UnavailableError, IntegrityError: as `append`.
        """
        target = self._sequence.length()
        note = self._checkpoints.latest()
        while True:
            head = self._head(note)
            if head.size > self._sequence.length():
                raise _contradiction()
            if note is not None and head.size >= target:
                return head
            new_note = self._step(head, min(target, head.size + MAX_STEP_LEAVES))
            if self._checkpoints.swap(note, new_note):
                note = new_note
                continue
            seen, note = note, self._checkpoints.latest()
            if note == seen:
                raise UnavailableError(
                    "log-checkpoint-stuck", vi="Chưa ghi được mốc nhật ký mới.", en="The log's checkpoint could not be moved."
                )

    def checkpoint(self) -> str | None:
        """The newest signed checkpoint as it is served, or None before the first."""
        return self._checkpoints.latest()

    def prove(self, index: int) -> LogProof:
        """The proof of leaf `index` under the newest checkpoint.

        Raises:
            InvalidInputError: no checkpoint covers this index (`log-index-out-of-range`).
            IntegrityError: a tile is missing or damaged.
        """
        note = self._checkpoints.latest()
        if note is None:
            raise index_out_of_range()
        size = self._head(note).size
        return LogProof(index, size, inclusion_proof(TileReader(self._tiles, size), index, size), note)

    def prove_consistency(self, old_size: int, new_size: int) -> tuple[bytes, ...]:
        """The proof that the tree of `new_size` leaves only adds to the tree of `old_size`.

        Raises:
            InvalidInputError: not sizes of this log (`log-index-out-of-range`).
            IntegrityError: a tile is missing or damaged.
        """
        size = self._head(self._checkpoints.latest()).size
        if new_size > size:
            raise index_out_of_range()
        return consistency_proof(TileReader(self._tiles, size), old_size, new_size)

    def _head(self, note: str | None) -> Checkpoint:
        if note is None:
            return Checkpoint(self._origin, 0, EMPTY_ROOT)
        try:
            return parse_and_verify(note, self._verifier)
        except InvalidInputError as error:
            raise IntegrityError(
                "log-checkpoint-damaged", vi="Mốc nhật ký đã lưu bị hỏng.", en="The stored checkpoint is damaged."
            ) from error

    def _step(self, head: Checkpoint, size: int) -> str:
        edge = Edge.read(self._tiles, head.size)
        if edge.root != head.root:
            raise _contradiction()
        # The entries of the partial tile are written again with the new ones, so they have to be those that were signed.
        known = len(edge.levels[0])
        entries = self._sequence.read(head.size - known, size)
        hashes = tuple(leaf_hash(entry) for entry in entries)
        if hashes[:known] != edge.levels[0]:
            raise _contradiction()
        new_edge, tiles = edge.extended(hashes[known:])
        bundles = _bundles(head.size // TILE_WIDTH, entries) if size > head.size else ()
        for tile in (*bundles, *tiles):
            self._tiles.create(tile.name.path, tile.data)
        return sign_checkpoint(self._origin, new_edge.size, new_edge.root, self._key)


def _bundles(index: int, entries: Sequence[Commitment]) -> tuple[Tile, ...]:
    parts = [entries[start : start + TILE_WIDTH] for start in range(0, len(entries), TILE_WIDTH)]
    return tuple(Tile(TileName(ENTRIES_LEVEL, index + i, len(part)), pack_entries(part)) for i, part in enumerate(parts))


def _contradiction() -> IntegrityError:
    return IntegrityError(
        "log-contradiction",
        vi="Nhật ký tự mâu thuẫn: thứ tự, tệp và mốc đã ký không khớp; không ký thêm.",
        en="Order, tiles and signed checkpoint of the log contradict each other; nothing more is signed.",
    )
