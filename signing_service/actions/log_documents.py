"""Commit frozen files to the transparency log (step 11): salt first, then the leaf, then the state."""

from collections.abc import Sequence
from typing import Protocol

from signing_service.actions.queue import documents_in
from signing_service.actions.repositories import Database, LogCommitment, StoredDocument
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.archive.bundle import ProvingLog
from signing_service.errors import ConflictError, SigningServiceError
from signing_service.transparency.leaf import Commitment, LeafKind, LogLeaf, draw_salt
from signing_service.workflow.case import CaseState, next_state


class Log(ProvingLog, Protocol):
    """The transparency log as the use cases need it."""

    def append(self, commitments: Sequence[Commitment]) -> tuple[int, ...]:
        """The index of each commitment, covered by a signed checkpoint; one that is in the log keeps its index.

        Raises:
            UnavailableError, ConflictError: appending again completes the work.
            IntegrityError: the log contradicts itself and signs nothing until a person has looked.
        """
        ...


def leaf_of(commitment: LogCommitment) -> LogLeaf:
    """The opened leaf of a stored commitment."""
    return LogLeaf(commitment.kind, commitment.file, commitment.salt)


def log_documents(*, database: Database, log: Log, on_step: StepListener = nobody_listens) -> int:
    """Log every frozen file that is not logged yet; returns how many. When the log does not answer, they wait with the reason."""
    return sum(_log(frozen, database=database, log=log, on_step=on_step) for frozen in documents_in(database, CaseState.FINISHED))


def _log(frozen: Sequence[StoredDocument], *, database: Database, log: Log, on_step: StepListener) -> int:
    with database.begin() as unit:
        commitments = [unit.commitments.draw(document.document, LeafKind.ISSUANCE, document.head, draw_salt()) for document in frozen]
    for document in frozen:
        on_step(Step.SALT_DRAWN, document.document)
    try:
        indices = log.append([leaf_of(commitment).commitment for commitment in commitments])
    except SigningServiceError as error:
        with database.begin() as unit:
            for document in frozen:
                unit.documents.set_waiting(document.document, error.code, head=document.head, state=document.state)
        return 0
    logged = 0
    for document, index in zip(frozen, indices, strict=True):
        on_step(Step.LEAF_APPENDED, document.document)
        try:
            with database.begin() as unit:
                unit.commitments.set_index(document.document, LeafKind.ISSUANCE, index)
                unit.documents.move(
                    document.document,
                    from_head=document.head,
                    to_head=document.head,
                    from_state=document.state,
                    to_state=next_state(document.state),
                )
        except ConflictError:
            continue
        on_step(Step.LOGGED, document.document)
        logged += 1
    return logged
