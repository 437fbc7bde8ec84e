"""The evidence of a file that has just been logged."""

from datetime import datetime

from signing_service.ids import Sha256
from signing_service.transparency.evidence import Evidence
from signing_service.transparency.leaf import LogLeaf
from signing_service.transparency.log import TransparencyLog


def evidence_of(log: TransparencyLog, leaf: LogLeaf, index: int, *, record_digest: Sha256, issued_at: datetime) -> Evidence:
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
