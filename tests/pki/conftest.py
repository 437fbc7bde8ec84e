import pytest

from tests.pki_factory import ExamplePki, example_pki


@pytest.fixture(scope="session")
def pki() -> ExamplePki:
    return example_pki()
