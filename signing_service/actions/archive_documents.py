"""Judge logged files from their bytes and put file, evidence and report away together (steps 12 and 13)."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from signing_service.actions.decide_recall import recall_issued
from signing_service.actions.log_documents import Log, leaf_of
from signing_service.actions.queue import documents_in, note_waiting
from signing_service.actions.repositories import BlobStore, Database, StoredDocument, UnitOfWork
from signing_service.actions.services import Verifier
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.archive.bundle import evidence_of
from signing_service.clock import Clock
from signing_service.errors import IntegrityError, SigningServiceError
from signing_service.ids import DocumentId
from signing_service.records.kinds import DocumentKind
from signing_service.transparency.evidence import evidence_bytes
from signing_service.transparency.leaf import LeafKind, draw_salt
from signing_service.verification.report import Indication, Level, VerificationReport
from signing_service.verification.report_json import report_to_json
from signing_service.workflow.case import CLOSED, CaseState, next_state


def archive_documents(
    *,
    database: Database,
    blobs: BlobStore,
    log: Log,
    verifier: Verifier,
    clock: Clock,
    at_once: int = 1,
    on_step: StepListener = nobody_listens,
) -> int:
    """Archive every logged file that our own verifier believes; returns how many. One that it does not believe waits for a person.

    So many as `at_once` are in hand at the same time, which helps where the verifier works in other processes.
    """

    def archive(document: StoredDocument) -> bool:
        try:
            _archive(document, database=database, blobs=blobs, log=log, verifier=verifier, clock=clock, on_step=on_step)
        except SigningServiceError as error:
            note_waiting(document, error, database=database)
            return False
        return True

    archived = 0
    with ThreadPoolExecutor(at_once) as hands:
        for logged in documents_in(database, CaseState.LOGGED):
            archived += sum(hands.map(archive, logged))
    return archived


def _archive(
    document: StoredDocument,
    *,
    database: Database,
    blobs: BlobStore,
    log: Log,
    verifier: Verifier,
    clock: Clock,
    on_step: StepListener,
) -> None:
    with database.begin() as unit:
        commitment = unit.commitments.get(document.document)
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
        if document.replaces is not None:
            _supersede(document.replaces, unit)
        if document.kind is DocumentKind.TRANSCRIPT_EXTRACT and not _transcript_stands(document, unit):
            recall_issued(replace(document, state=next_state(document.state)), unit)
    on_step(Step.ARCHIVED, document.document)


def _supersede(recalled: DocumentId, unit: UnitOfWork) -> None:
    """The recalled document points on from now; its leaf in the log follows."""
    before = unit.documents.get(recalled)
    if before is None or before.state is not CaseState.RECALLED:
        return
    unit.documents.move(recalled, from_head=before.head, to_head=before.head, from_state=before.state, to_state=CaseState.SUPERSEDED)
    unit.commitments.draw(recalled, LeafKind.SUPERSESSION, before.head, draw_salt())


def _transcript_stands(extract: StoredDocument, unit: UnitOfWork) -> bool:
    """False where the transcript was recalled while its extract was still on the way, so that the recall could not take it along."""
    transcripts = unit.documents.of_subject(DocumentKind.TRANSCRIPT, extract.batch.unit, extract.subject)
    return any(transcript.record_blob == extract.basis and transcript.state not in CLOSED for transcript in transcripts)


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
