"""One signed transcript for the whole package: what is only read is made once."""

import pytest

from signing_service.signing.finish import finish
from tests.pki_factory import example_pki
from tests.signing.case import ROLES, SigningCase, rendered


@pytest.fixture(scope="session")
def unsigned() -> bytes:
    return rendered()


@pytest.fixture(scope="session")
def case() -> SigningCase:
    """People whose certificates nobody revokes; a test that revokes makes people of its own."""
    return SigningCase(example_pki())


@pytest.fixture(scope="session")
def heads(case: SigningCase, unsigned: bytes) -> tuple[bytes, ...]:
    """The document unsigned, and after each of the three signatures."""
    heads = [unsigned]
    for role in ROLES:
        heads.append(case.signed(heads[-1], role))
    return tuple(heads)


@pytest.fixture(scope="session")
def finished(case: SigningCase, heads: tuple[bytes, ...]) -> bytes:
    return finish(heads[-1], case.material(), case.pki.timestamper)
