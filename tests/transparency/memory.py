"""Stores in memory for the log, and one that breaks on command: before or after the change has become durable."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from signing_service.errors import IntegrityError, UnavailableError
from signing_service.ports import KeyPurpose
from signing_service.transparency.leaf import Commitment
from signing_service.transparency.log import TransparencyLog
from signing_service.transparency.merkle import perfect_root
from tests.pki_factory import EphemeralKey

ORIGIN = "ho-so.truong-vi-du.invalid/log"


def log_key(seed: int = 1) -> EphemeralKey:
    """The same key for the same seed, so that expected notes can be written down."""
    return EphemeralKey(KeyPurpose.TRANSPARENCY_LOG, Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32))


def commitments(count: int, first: int = 0) -> tuple[Commitment, ...]:
    return tuple(Commitment(i.to_bytes(32, "big")) for i in range(first, first + count))


@dataclass
class Trouble:
    """Counts what changes something, and breaks the chosen one: lost (before) or persisted (after)."""

    at: int | None = None
    persisted: bool = False
    calls: int = 0

    def around(self, change: Callable[[], None]) -> None:
        call, self.calls = self.calls, self.calls + 1
        if call != self.at:
            change()
            return
        if self.persisted:
            change()
        raise UnavailableError("store-away", vi="Kho không trả lời.", en="The store does not answer.")


@dataclass
class MemorySequence:
    trouble: Trouble = field(default_factory=Trouble)
    order: list[Commitment] = field(default_factory=list)

    def claim(self, commitments: Sequence[Commitment]) -> tuple[int, ...]:
        def change() -> None:
            known = set(self.order)
            for commitment in commitments:
                if commitment not in known:
                    known.add(commitment)
                    self.order.append(commitment)

        self.trouble.around(change)
        places = {commitment: place for place, commitment in enumerate(self.order)}
        return tuple(places[commitment] for commitment in commitments)

    def length(self) -> int:
        return len(self.order)

    def read(self, start: int, stop: int) -> tuple[Commitment, ...]:
        return tuple(self.order[start:stop])


@dataclass
class MemoryTiles:
    trouble: Trouble = field(default_factory=Trouble)
    files: dict[str, bytes] = field(default_factory=dict)
    reads: int = 0

    def read(self, path: str) -> bytes | None:
        self.reads += 1
        return self.files.get(path)

    def create(self, path: str, data: bytes) -> None:
        def change() -> None:
            if self.files.setdefault(path, data) != data:
                raise IntegrityError("log-tile-differs", vi="Tệp khác nội dung.", en="Other bytes stand there.")

        self.trouble.around(change)


@dataclass
class MemoryCheckpoints:
    trouble: Trouble = field(default_factory=Trouble)
    history: list[str] = field(default_factory=list)
    before_swap: Callable[[], None] | None = None
    """Runs once, between the reading of the old checkpoint and the attempt to replace it."""

    def latest(self) -> str | None:
        return self.history[-1] if self.history else None

    def swap(self, old: str | None, new: str) -> bool:
        if self.before_swap is not None:
            intruder, self.before_swap = self.before_swap, None
            intruder()
        if old != self.latest():
            return False
        self.trouble.around(lambda: self.history.append(new))
        return True


@dataclass
class MemoryLog:
    """Three stores under one trouble, and any number of logs over them."""

    trouble: Trouble = field(default_factory=Trouble)
    sequence: MemorySequence = field(init=False)
    tiles: MemoryTiles = field(init=False)
    checkpoints: MemoryCheckpoints = field(init=False)

    def __post_init__(self) -> None:
        self.sequence = MemorySequence(self.trouble)
        self.tiles = MemoryTiles(self.trouble)
        self.checkpoints = MemoryCheckpoints(self.trouble)

    def open(self) -> TransparencyLog:
        """A log as a freshly started process would have it."""
        return TransparencyLog(origin=ORIGIN, key=log_key(), sequence=self.sequence, tiles=self.tiles, checkpoints=self.checkpoints)


@dataclass(frozen=True)
class HashList:
    """All leaf hashes of a tree, as the simplest `SubtreeReader`."""

    leaves: tuple[bytes, ...]

    def subtree(self, level: int, index: int) -> bytes:
        part = self.leaves[index << level : (index + 1) << level]
        assert len(part) == 1 << level
        return perfect_root(part)
