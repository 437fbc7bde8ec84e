"""Fixtures that every package's tests share: outside material and outside tools, skipped aloud when they are not there."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.postgres import running_server, server_programs

# A slow core is no failure; what has to be fast is measured in bench/.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")

CHECKOUT = Path(__file__).resolve().parents[1]


def absent(reason: str) -> None:
    """Skip the test for a named reason, or fail it where skipping is forbidden (`SIGNING_SERVICE_FORBID_SKIP=1`)."""
    if os.environ.get("SIGNING_SERVICE_FORBID_SKIP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of outside material that stands beside the checkout."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        absent("the folder `shared` does not stand beside this checkout: put it there to run this test")
    return folder


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Finds an outside program by name."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            absent(f"{name} is missing: `make tools` (as root) installs it")
        assert path is not None
        return path

    return find


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long tests to `make long`; they are not skipped, they are not part of this run."""
    if os.environ.get("SIGNING_SERVICE_LONG") == "1":
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Path]:
    """The socket folder of a running PostgreSQL server."""
    programs = server_programs()
    if programs is None:
        absent("PostgreSQL is missing: `make tools` (as root) installs it")
    assert programs is not None
    with running_server(programs) as socket:
        yield socket
