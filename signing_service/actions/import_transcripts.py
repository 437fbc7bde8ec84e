"""Take a class workbook in: good rows become drafts, bad rows are listed, the same file twice changes nothing."""

from dataclasses import dataclass

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.repositories import BlobStore, Database, StoredDocument
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import RefusedError
from signing_service.ids import DocumentId, new_document_id, new_link_token, new_record_id, new_short_code
from signing_service.intake.findings import Finding
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.intake.schools import NOT_REGISTERED
from signing_service.records.canonical import canonical_bytes, record_digest, transcript_bytes, transcript_digest
from signing_service.records.issued import issued
from signing_service.records.transcript import Transcript, TranscriptRecord
from signing_service.workflow.case import CaseState


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did with each row."""

    added: tuple[DocumentId, ...]
    unchanged: tuple[DocumentId, ...]
    refused: tuple[Finding, ...]
    """Rows that stand against a transcript the service already holds; a correction is an act of its own."""


def class_of(transcript: Transcript) -> ClassOfYear:
    """The class and year that a transcript belongs to."""
    return ClassOfYear(transcript.issuer.school_code, transcript.class_name, transcript.school_year)


def import_transcripts(
    intake: IntakeResult,
    *,
    actor: Actor,
    database: Database,
    blobs: BlobStore,
    clock: Clock,
    on_step: StepListener = nobody_listens,
) -> ImportOutcome:
    """Store every good row of `intake` as a draft.

    Raises:
        RefusedError: the actor may not import for one of the classes; nothing was stored.
    """
    today = clock.now().astimezone(VIETNAM).date()
    if any(row.transcript.issuer.school_code == NOT_REGISTERED for row in intake.records):
        raise RefusedError(
            "school-not-registered",
            vi="Trường trong bảng điểm chưa có trong danh bạ; đăng ký trường trước rồi nhập lại. Chưa lưu gì.",
            en="The workbook's school is not in the register; register it first, then import again. Nothing was stored.",
        )
    for resource in {class_of(row.transcript) for row in intake.records}:
        require(actor, Permission.TRANSCRIPT_IMPORT, resource, on=today)
    added: list[DocumentId] = []
    unchanged: list[DocumentId] = []
    refused: list[Finding] = []
    for row in intake.records:
        transcript, digest = row.transcript, transcript_digest(row.transcript)
        with database.begin() as unit:
            held = unit.documents.of_pupil(transcript.issuer.school_code, transcript.pupil.code, transcript.school_year)
            if held is None:
                document = _draft(transcript, blobs=blobs, clock=clock)
                unit.documents.add(document)
        if held is None:
            on_step(Step.RECORD_STORED, document.document)
            added.append(document.document)
        elif held.transcript_digest == digest:
            unchanged.append(held.document)
        else:
            refused.append(_already_held(row))
    return ImportOutcome(tuple(added), tuple(unchanged), tuple(refused))


def _draft(transcript: Transcript, *, blobs: BlobStore, clock: Clock) -> StoredDocument:
    now = clock.now().replace(microsecond=0)
    basis = blobs.put(transcript_bytes(transcript))
    record = TranscriptRecord(record_id=new_record_id(), created_at=now, transcript=issued(transcript), basis=basis)
    blob = blobs.put(canonical_bytes(record))
    return StoredDocument(
        document=new_document_id(),
        record=record.record_id,
        record_digest=record_digest(record),
        record_blob=blob,
        school=transcript.issuer.school_code,
        class_name=transcript.class_name,
        school_year=transcript.school_year,
        pupil_code=transcript.pupil.code,
        transcript_digest=basis,
        link_token=new_link_token(),
        short_code=new_short_code(),
        state=CaseState.DRAFT,
        head=blob,
        created_at=now,
    )


def _already_held(row: ImportedTranscript) -> Finding:
    return Finding(
        sheet=row.sheet,
        row=row.row,
        column=None,
        code="transcript-exists",
        vi="Học bạ năm học này của học sinh đã được tạo với nội dung khác; muốn sửa phải thu hồi hoặc trả lại hồ sơ trước.",
        en="A transcript with other content exists for this pupil and year; a correction has to recall or return it first.",
    )
