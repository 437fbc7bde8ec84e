import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from signing_service.bootstrap import Service
from tests.line import opened, set_up, settings_in


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of an initialised service whose signers have keys; copied, never changed."""
    folder = tmp_path_factory.mktemp("prepared") / "data"
    set_up(folder)
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A data directory of its own."""
    shutil.copytree(prepared, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    """The service on it."""
    with opened(settings_in(folder)) as service:
        yield service
