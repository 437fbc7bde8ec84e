"""Commit recalls and supersessions to the log: leaves about files that stand no longer, without a name, like every other."""

from signing_service.actions.log_documents import Log, leaf_of
from signing_service.actions.repositories import Database
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.errors import ConflictError, SigningServiceError
from signing_service.transparency.leaf import LeafKind

_BATCH = 500


def log_closings(*, database: Database, log: Log, on_step: StepListener = nobody_listens) -> int:
    """Log what was drawn by `decide_recall` and by archiving a replacement; returns how many. When the log does not answer they wait."""
    return sum(_log(kind, database=database, log=log, on_step=on_step) for kind in (LeafKind.RECALL, LeafKind.SUPERSESSION))


def _log(kind: LeafKind, *, database: Database, log: Log, on_step: StepListener) -> int:
    logged = 0
    while True:
        with database.begin() as unit:
            waiting = unit.commitments.unlogged(kind, limit=_BATCH)
        if not waiting:
            return logged
        try:
            indices = log.append([leaf_of(commitment).commitment for commitment in waiting])
        except SigningServiceError:
            # The leaves stay drawn and unlogged, which `status` counts; the next pass asks again.
            return logged
        for commitment, index in zip(waiting, indices, strict=True):
            on_step(Step.LEAF_APPENDED, commitment.document)
            try:
                with database.begin() as unit:
                    unit.commitments.set_index(commitment.document, kind, index)
            except ConflictError:
                return logged
            on_step(Step.CLOSING_LOGGED, commitment.document)
            logged += 1
