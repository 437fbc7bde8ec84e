from collections.abc import Iterator
from pathlib import Path

import pytest

from signing_service.bootstrap import Service
from tests.line import copy_house, on_postgresql, opened, set_up, settings_in


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of an initialised service whose signers have keys, for each kind of database; copied, never changed."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    if request.param == "postgresql":
        on_postgresql(folder, request.getfixturevalue("postgres"))
    set_up(folder)
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A data directory of its own."""
    copy_house(prepared, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    """The service on it."""
    with opened(settings_in(folder)) as service:
        yield service
