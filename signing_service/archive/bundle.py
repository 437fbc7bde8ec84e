"""The evidence of a file that has just been logged."""

from datetime import datetime
from typing import Protocol

from signing_service.ids import Sha256
from signing_service.transparency.evidence import Evidence
from signing_service.transparency.leaf import LogLeaf
from signing_service.transparency.log import LogProof
from signing_service.transparency.note import VerifierKey


class ProvingLog(Protocol):
    """A log as evidence needs it."""

    @property
    def verifier(self) -> VerifierKey:
        """What others need to believe the log's checkpoints."""
        ...

    def prove(self, index: int) -> LogProof:
        """The proof of a leaf under the newest checkpoint."""
        ...


def evidence_of(log: ProvingLog, leaf: LogLeaf, index: int, *, record_digest: Sha256, issued_at: datetime) -> Evidence:
    """The bundle for the leaf at `index`, under the log's newest checkpoint; `issued_at` is cut to whole seconds.

    Raises:
        InvalidInputError: the log's checkpoint does not cover the index yet (`log-index-out-of-range`).
        IntegrityError: the log's tiles are damaged.
    """
    proof = log.prove(index)
    return Evidence(
        leaf=leaf,
        record_digest=record_digest,
        leaf_index=proof.index,
        tree_size=proof.size,
        inclusion_proof=proof.path,
        checkpoint=proof.checkpoint,
        log_key=log.verifier,
        issued_at=issued_at.replace(microsecond=0),
    )
