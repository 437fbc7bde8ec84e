"""Names and contents of tiles as C2SP tlog-tiles writes them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.transparency.edge import Edge
from signing_service.transparency.merkle import leaf_hash, root
from signing_service.transparency.tiles import (
    ENTRIES_LEVEL,
    TileName,
    TileReader,
    edge_names,
    pack_entries,
    parse_tile_path,
    read_hashes,
    tile_of,
)
from tests.transparency.memory import HashList, MemoryTiles


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (TileName(0, 0), "tile/0/000"),
        (TileName(0, 273, 112), "tile/0/273.p/112"),
        (TileName(1, 1234067), "tile/1/x001/x234/067"),
        (TileName(2, 1000, 1), "tile/2/x001/000.p/1"),
        (TileName(ENTRIES_LEVEL, 5), "tile/entries/005"),
        (TileName(ENTRIES_LEVEL, 0, 255), "tile/entries/000.p/255"),
    ],
)
def test_paths(name: TileName, path: str) -> None:
    assert name.path == path
    assert parse_tile_path(path) == name


@given(st.builds(TileName, st.integers(-1, 7), st.integers(0, 2**55), st.integers(1, 256)))
def test_every_name_is_read_back_from_its_path(name: TileName) -> None:
    assert parse_tile_path(name.path) == name


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/x000/000",
        "tile/00/000",
        "tile/8/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000/000",
        "tile/0/../000",
        "tile/0/000\n",
        "tile/0/٠٠٠",
        "/tile/0/000",
        "checkpoint",
    ],
)
def test_other_spellings_are_refused(path: str) -> None:
    with pytest.raises(InvalidInputError, match="log-path-malformed"):
        parse_tile_path(path)


def test_the_specification_s_example_of_70_000_leaves() -> None:
    """C2SP tlog-tiles, "Partial Tiles"."""
    _, tiles = Edge().extended([leaf_hash(i.to_bytes(4, "big")) for i in range(70_000)])
    names = [tile.name for tile in tiles]
    assert [name for name in names if name.level == 0] == [TileName(0, i) for i in range(273)] + [TileName(0, 273, 112)]
    assert [name for name in names if name.level == 1] == [TileName(1, 0), TileName(1, 1, 17)]
    assert [name for name in names if name.level == 2] == [TileName(2, 0, 1)]
    assert {len(tile.data) for tile in tiles if tile.name.width == 256} == {8192}
    assert list(edge_names(70_000)) == [TileName(0, 273, 112), TileName(1, 1, 17), TileName(2, 0, 1)]


def test_a_tree_of_256_is_a_full_tile_and_a_partial_one_above_it() -> None:
    _, tiles = Edge().extended([leaf_hash(bytes([i])) for i in range(256)])
    assert [tile.name.path for tile in tiles] == ["tile/0/000", "tile/1/000.p/1"]
    assert tile_of(0, 0, 256) == TileName(0, 0)
    assert tile_of(1, 0, 256) == TileName(1, 0, 1)


def test_entry_bundles_carry_lengths() -> None:
    assert pack_entries([b"", b"ab"]) == b"\x00\x00\x00\x02ab"


@settings(deadline=None)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=5))
def test_tiles_do_not_depend_on_the_batches(batches: list[int]) -> None:
    """The edge in steps, the edge at once, and the edge read back from the tiles are one; so is every root."""
    leaves = [leaf_hash(i.to_bytes(4, "big")) for i in range(sum(batches))]
    store = MemoryTiles()
    edge = Edge()
    for batch in batches:
        edge, tiles = edge.extended(leaves[edge.size : edge.size + batch])
        for tile in tiles:
            store.create(tile.name.path, tile.data)
        assert edge == Edge().extended(leaves[: edge.size])[0] == Edge.read(store, edge.size)
        assert edge.root == root(HashList(tuple(leaves)), edge.size) == root(TileReader(store, edge.size), edge.size)


@pytest.mark.parametrize("data", [None, b"", bytes(31), bytes(33), bytes(64)])
def test_a_damaged_tile_is_named(data: bytes | None) -> None:
    store = MemoryTiles(files={} if data is None else {"tile/0/000.p/1": data})
    with pytest.raises(IntegrityError, match=r"tile/0/000\.p/1"):
        read_hashes(store, TileName(0, 0, 1))
