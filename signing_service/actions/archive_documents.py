"""Judge logged files from their bytes and put file, evidence and report away together (steps 12 and 13)."""

import json

from signing_service.actions.log_documents import Log, leaf_of
from signing_service.actions.repositories import BlobStore, Database, LogCommitment, StoredDocument
from signing_service.actions.services import Verifier
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.archive.bundle import evidence_of
from signing_service.clock import Clock
from signing_service.errors import ConflictError, IntegrityError, SigningServiceError
from signing_service.transparency.evidence import evidence_bytes
from signing_service.verification.report import Indication, Level, VerificationReport
from signing_service.verification.report_json import report_to_json
from signing_service.workflow.case import CaseState, next_state

_BATCH = 500


def archive_documents(
    *, database: Database, blobs: BlobStore, log: Log, verifier: Verifier, clock: Clock, on_step: StepListener = nobody_listens
) -> int:
    """Archive every logged file that our own verifier believes; returns how many. One that it does not believe waits for a person."""
    with database.begin() as unit:
        logged = [
            (document, unit.commitments.get(document.document)) for document in unit.documents.in_states([CaseState.LOGGED], limit=_BATCH)
        ]
    archived = 0
    for document, commitment in logged:
        try:
            _archive(document, commitment, database=database, blobs=blobs, log=log, verifier=verifier, clock=clock, on_step=on_step)
            archived += 1
        except ConflictError:
            continue
        except SigningServiceError as waiting:
            with database.begin() as unit:
                unit.documents.set_waiting(document.document, waiting.code)
    return archived


def _archive(
    document: StoredDocument,
    commitment: LogCommitment | None,
    *,
    database: Database,
    blobs: BlobStore,
    log: Log,
    verifier: Verifier,
    clock: Clock,
    on_step: StepListener,
) -> None:
    if commitment is None or commitment.index is None:
        raise IntegrityError("commitment-missing", vi="Thiếu cam kết nhật ký của hồ sơ.", en="The log commitment of the case is missing.")
    evidence = evidence_bytes(
        evidence_of(log, leaf_of(commitment), commitment.index, record_digest=document.record_digest, issued_at=clock.now())
    )
    report = verifier(blobs.get(document.head), name=document.document, evidence=evidence)
    require_issuable(report)
    on_step(Step.VERIFIED, document.document)
    evidence_name = blobs.put(evidence)
    report_name = blobs.put(json.dumps(report_to_json(report), ensure_ascii=False, sort_keys=True).encode())
    with database.begin() as unit:
        unit.documents.set_proof(document.document, evidence=evidence_name, report=report_name)
        unit.documents.move(
            document.document,
            from_head=document.head,
            to_head=document.head,
            from_state=document.state,
            to_state=next_state(document.state),
        )
    on_step(Step.ARCHIVED, document.document)


def require_issuable(report: VerificationReport) -> None:
    """Let only a file pass that a stranger would believe, every signature B-LTA.

    Raises:
        IntegrityError: our own verifier does not believe the file (`not-issuable`).
    """
    if report.indication is not Indication.TOTAL_PASSED or any(signature.level is not Level.B_LTA for signature in report.signatures):
        raise IntegrityError(
            "not-issuable",
            vi="Tệp vừa hoàn tất không qua được bước tự kiểm tra; hồ sơ được giữ lại để xem xét.",
            en="The finished file does not pass our own verification; the case is held for a person to look.",
        )
