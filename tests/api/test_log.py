"""The transparency log as tlog clients read it."""

import pytest
from starlette.testclient import TestClient

from tests.web.fake_doors import FULL_TILE, OBJECTS, PARTIAL_TILE, House


def test_the_checkpoint_is_text_and_never_kept(client: TestClient) -> None:
    answer = client.get("/log/checkpoint")
    assert (answer.status_code, answer.content) == (200, OBJECTS["checkpoint"])
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", [FULL_TILE, PARTIAL_TILE, "tile/entries/000.p/45"])
def test_tiles_are_bytes_that_never_change(client: TestClient, path: str) -> None:
    answer = client.get(f"/log/{path}")
    assert (answer.status_code, answer.content) == (200, OBJECTS[path])
    assert answer.headers["content-type"] == "application/octet-stream"
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["tile/0/1", "tile/0/x000/001", "tile/8/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/..%2f..%2fsecret", "tile/", "tile/0/%00"],
)
def test_only_the_one_spelling_of_a_tile_reaches_the_store(house: House, client: TestClient, path: str) -> None:
    assert client.get(f"/log/{path}").status_code == 404
    assert house.log_paths == []


def test_a_tile_that_is_not_there_yet_is_not_found_and_not_remembered_as_missing(client: TestClient) -> None:
    answer = client.get("/log/tile/0/000")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
