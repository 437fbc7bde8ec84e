"""Two transcripts that the real line issued, shared by every attack."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from signing_service.transparency.note import VerifierKey
from tests import line


@dataclass(frozen=True, slots=True)
class Issued:
    """Finished files of two pupils, and what a stranger is given with them. `at` is just after they were issued."""

    pdf: bytes
    other: bytes
    evidence: bytes
    anchors: tuple[bytes, ...]
    log_key: VerifierKey
    at: datetime


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Issued]:
    with line.opened(line.set_up(tmp_path_factory.mktemp("attacked"))) as service:
        line.run_to_the_end(service, 2)
        first, second = line.documents(service)
        assert first.evidence is not None
        yield Issued(
            pdf=service.blobs.get(first.head),
            other=service.blobs.get(second.head),
            evidence=service.blobs.get(first.evidence),
            anchors=service.anchors,
            log_key=service.log.verifier,
            at=service.clock.now(),
        )
