"""The right edge of the tree: the little that has to be known of a log to make it longer.

Per tile level the edge holds the at most 255 hashes that do not fill a tile yet. Adding k leaves costs about 2k hashes, plus at most 255
for each of the levels, however many leaves came before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from signing_service.transparency.merkle import perfect_root, root_of_peaks
from signing_service.transparency.tiles import (
    MAX_LEVEL,
    TILE_HEIGHT,
    TILE_WIDTH,
    TileName,
    TileStore,
    edge_names,
    pack_hashes,
    read_hashes,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile ready to be stored."""

    name: TileName
    data: bytes


@dataclass(frozen=True, slots=True)
class Edge:
    """A tree of `size` leaves, as far as its growth needs it."""

    size: int = 0
    levels: tuple[tuple[bytes, ...], ...] = ((),) * (MAX_LEVEL + 1)

    @classmethod
    def read(cls, store: TileStore, size: int) -> Self:
        """The edge of the tree of `size` leaves, from its partial tiles.

        Raises:
            IntegrityError: a tile is missing or has a wrong length.
        """
        levels: list[tuple[bytes, ...]] = [()] * (MAX_LEVEL + 1)
        for name in edge_names(size):
            levels[name.level] = read_hashes(store, name)
        return cls(size, tuple(levels))

    @property
    def root(self) -> bytes:
        """The root hash of the whole tree."""
        peaks: list[bytes] = []
        for hashes in reversed(self.levels):
            start = 0
            for height in reversed(range(TILE_HEIGHT)):
                if len(hashes) >> height & 1:
                    peaks.append(perfect_root(hashes[start : start + (1 << height)]))
                    start += 1 << height
        return root_of_peaks(peaks)

    def extended(self, leaf_hashes: Sequence[bytes]) -> "tuple[Edge, tuple[Tile, ...]]":
        """The edge after `leaf_hashes`, and every tile that is new with them."""
        levels = list(self.levels)
        tiles: list[Tile] = []
        added = list(leaf_hashes)
        for level in range(MAX_LEVEL + 1):
            if not added:
                break
            row = [*levels[level], *added]
            index = self.size >> TILE_HEIGHT * (level + 1)
            added = []
            for start in range(0, len(row) - TILE_WIDTH + 1, TILE_WIDTH):
                full = row[start : start + TILE_WIDTH]
                tiles.append(Tile(TileName(level, index), pack_hashes(full)))
                added.append(perfect_root(full))
                index += 1
            rest = row[len(row) - len(row) % TILE_WIDTH :]
            if rest:
                tiles.append(Tile(TileName(level, index, len(rest)), pack_hashes(rest)))
            levels[level] = tuple(rest)
        return Edge(self.size + len(leaf_hashes), tuple(levels)), tuple(tiles)
