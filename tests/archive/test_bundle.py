"""From a logged leaf to evidence that a stranger accepts."""

from datetime import UTC, datetime

import pytest

from signing_service.archive.bundle import evidence_of
from signing_service.errors import InvalidInputError
from signing_service.ids import sha256_of
from signing_service.transparency.evidence import check_inclusion, evidence_bytes, read_evidence
from signing_service.transparency.leaf import LeafKind, LogLeaf, draw_salt
from tests.transparency.memory import MemoryLog

MOMENT = datetime(2026, 5, 31, 8, 0, 0, 123456, tzinfo=UTC)


def test_every_file_of_a_class_gets_evidence_that_convinces() -> None:
    log = MemoryLog().open()
    files = [f"transcript {number}".encode() for number in range(45)]
    leaves = [LogLeaf(LeafKind.ISSUANCE, sha256_of(file), draw_salt()) for file in files]
    indices = log.append([leaf.commitment for leaf in leaves])
    for file, leaf, index in zip(files, leaves, indices, strict=True):
        evidence = evidence_of(log, leaf, index, record_digest=sha256_of(b"record"), issued_at=MOMENT)
        read = read_evidence(evidence_bytes(evidence))
        assert read == evidence
        assert check_inclusion(read, sha256_of(file), log.verifier).included
        assert not check_inclusion(read, sha256_of(file + b"!"), log.verifier).included


def test_there_is_no_evidence_before_the_log_has_the_leaf() -> None:
    log = MemoryLog().open()
    log.integrate()
    leaf = LogLeaf(LeafKind.ISSUANCE, sha256_of(b"file"), draw_salt())
    with pytest.raises(InvalidInputError, match="log-index-out-of-range"):
        evidence_of(log, leaf, 0, record_digest=sha256_of(b"record"), issued_at=MOMENT)
