"""Names and contents of the resources of C2SP tlog-tiles, and what a place that keeps them has to promise.

    tile/<L>/<N>[.p/<W>]          hashes of level L: up to 256 of 32 bytes
    tile/entries/<N>[.p/<W>]      log entries, each behind its length as two bytes, big-endian

N is written in groups of three digits, all but the last begun with an x (1234067 is x001/x234/067). `.p/<W>` marks a partial tile of W
hashes. A tile's content follows from its name and the first leaves of the log alone, so writing one twice can only write the same bytes.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.transparency.merkle import HASH_BYTES, perfect_root

TILE_WIDTH = 256
TILE_HEIGHT = 8
MAX_LEVEL = 7
"""Highest tile level of a tree of at most 2**63 - 1 leaves."""

ENTRIES_LEVEL = -1
"""The level number that stands for the entry bundles, which lie below the hashes."""

_PATH = re.compile(r"tile/(entries|[0-7])/((?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


class TileStore(Protocol):
    """Keeps tiles by their path.

    Guarantees:
    - `create` returns only when the bytes are durable; afterwards every `read`, in any process, returns them, for good.
    - A reader sees a whole tile or none.
    - A path that exists is never overwritten: the same bytes again change nothing, other bytes are refused.
    """

    def read(self, path: str) -> bytes | None:
        """The bytes at `path`, or None.

        Raises:
            UnavailableError: the store does not answer now.
        """
        ...

    def create(self, path: str, data: bytes) -> None:
        """Store `data` at `path`, unless exactly these bytes are there already.

        Raises:
            IntegrityError: other bytes stand there (`log-tile-differs`).
            UnavailableError: the store does not answer now; the bytes may or may not be there.
        """
        ...


@dataclass(frozen=True, slots=True)
class TileName:
    """Which tile: level 0 to 7 (or `ENTRIES_LEVEL`), index within the level, and width 1 to 256."""

    level: int
    index: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """The path of the tile, relative to the log's prefix."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
        number = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        partial = "" if self.width == TILE_WIDTH else f".p/{self.width}"
        return f"tile/{'entries' if self.level == ENTRIES_LEVEL else self.level}/{number}{partial}"


def parse_tile_path(path: str) -> TileName:
    """The tile that a request's path names.

    Raises:
        InvalidInputError: not the one spelling that names a tile (`log-path-malformed`).
    """
    match = _PATH.fullmatch(path)
    if match is not None:
        level, number, width = match.groups()
        name = TileName(
            level=ENTRIES_LEVEL if level == "entries" else int(level),
            index=int(number.replace("x", "").replace("/", "")),
            width=TILE_WIDTH if width is None else int(width),
        )
        # Spelling back excludes leading groups of zeros and widths of 256 and more.
        if name.path == path and name.width <= TILE_WIDTH:
            return name
    raise InvalidInputError("log-path-malformed", vi="Đường dẫn nhật ký không hợp lệ.", en="Not a path of the log.")


def tile_of(level: int, index: int, size: int) -> TileName:
    """The tile at this level and index as it stands in a tree of `size` leaves: full, or as wide as it has come."""
    width = (size >> TILE_HEIGHT * max(level, 0)) - index * TILE_WIDTH
    return TileName(level, index, min(width, TILE_WIDTH))


def pack_hashes(hashes: Sequence[bytes]) -> bytes:
    """The content of a tile of hashes."""
    return b"".join(hashes)


def read_hashes(store: TileStore, name: TileName) -> tuple[bytes, ...]:
    """The hashes of a stored tile.

    Raises:
        IntegrityError: the tile is missing or has a wrong length (`log-tile-missing`, `log-tile-damaged`).
    """
    data = store.read(name.path)
    if data is None:
        raise IntegrityError("log-tile-missing", vi=f"Thiếu tệp {name.path} của nhật ký.", en=f"The log's file {name.path} is missing.")
    if len(data) != name.width * HASH_BYTES:
        raise IntegrityError("log-tile-damaged", vi=f"Tệp {name.path} của nhật ký bị hỏng.", en=f"The log's file {name.path} is damaged.")
    return tuple(data[i : i + HASH_BYTES] for i in range(0, len(data), HASH_BYTES))


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """The content of an entry bundle."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


class TileReader:
    """Complete subtrees of the tree of `size` leaves, read from its tiles; each tile is read once. Not for use by two threads."""

    def __init__(self, store: TileStore, size: int) -> None:
        self._store = store
        self._size = size
        self._read: dict[TileName, tuple[bytes, ...]] = {}

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of the complete subtree of height `level` at `index`."""
        tile_level, height = divmod(level, TILE_HEIGHT)
        tile_index, offset = divmod(index << height, TILE_WIDTH)
        name = tile_of(tile_level, tile_index, self._size)
        if name not in self._read:
            self._read[name] = read_hashes(self._store, name)
        return perfect_root(self._read[name][offset : offset + (1 << height)])


def edge_names(size: int) -> Iterator[TileName]:
    """The partial tiles at the right edge of a tree of `size` leaves, lowest level first; full levels have none."""
    for level in range(MAX_LEVEL + 1):
        full, width = divmod(size >> TILE_HEIGHT * level, TILE_WIDTH)
        if width:
            yield TileName(level, full, width)
