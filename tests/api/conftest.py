from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from signing_service.asgi import create_app
from tests.web.fake_doors import House


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def client(house: House) -> Iterator[TestClient]:
    with TestClient(create_app(house.doors())) as client:
        yield client
