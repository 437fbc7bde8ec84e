"""Take a class workbook in: good rows become drafts, bad rows are listed, the same file twice changes nothing."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from signing_service.access.policy import Actor, ClassOfYear, Permission, require
from signing_service.actions.record_enrolment import record_enrolment
from signing_service.actions.repositories import BlobStore, Database, StoredDocument, UnitOfWork, transcript_slot
from signing_service.actions.steps import Step, StepListener, nobody_listens
from signing_service.clock import VIETNAM, Clock
from signing_service.errors import RefusedError
from signing_service.ids import DocumentId, new_document_id, new_link_token, new_record_id, new_short_code
from signing_service.intake.findings import Finding
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.intake.schools import NOT_REGISTERED
from signing_service.records.canonical import canonical_bytes, read_value, record_digest, transcript_bytes, transcript_digest
from signing_service.records.issued import issued
from signing_service.records.kinds import DocumentKind
from signing_service.records.reassessment import awaits_reassessment, is_reassessment_of
from signing_service.records.transcript import Transcript, TranscriptRecord
from signing_service.workflow.case import CaseState
from signing_service.workflow.lock import DEFAULT_LOCK_DAYS, LockDays


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did with each row."""

    added: tuple[DocumentId, ...]
    unchanged: tuple[DocumentId, ...]
    refused: tuple[Finding, ...]
    """Rows that stand against a transcript the service already holds, or against a closed year; a correction is an act of its own."""
    reassessed: tuple[DocumentId, ...] = ()
    """Cases that the summer's results re-opened."""


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
    lock_days: LockDays = DEFAULT_LOCK_DAYS,
    on_step: StepListener = nobody_listens,
) -> ImportOutcome:
    """Store every good row: a new draft, the summer's re-assessment of a waiting case, or the record that replaces a recalled one.

    After the year's last open day a row is refused, unless it replaces a recalled record or the department opened the year.

    Raises:
        RefusedError: the actor may not import for one of the classes (`not-permitted`), or the school is not registered
            (`school-not-registered`); nothing was stored.
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
    reassessed: list[DocumentId] = []
    refused: list[Finding] = []
    listed = {_Taken.ADDED: added, _Taken.REASSESSED: reassessed, _Taken.UNCHANGED: unchanged}
    desk = _Desk(database, blobs, clock, lock_days, today)
    for row in intake.records:
        answer = desk.take(row.transcript)
        if isinstance(answer, _Refused):
            refused.append(answer.finding(row))
            continue
        taken, document = answer
        listed[taken].append(document)
        if taken is not _Taken.UNCHANGED:
            on_step(Step.RECORD_STORED, document)
    return ImportOutcome(tuple(added), tuple(unchanged), tuple(refused), tuple(reassessed))


class _Taken(Enum):
    ADDED = auto()
    REASSESSED = auto()
    UNCHANGED = auto()


class _Refused(Enum):
    """Why a row is not taken: code, Vietnamese, English."""

    EXISTS = (
        "transcript-exists",
        "Học bạ năm học này của học sinh đã được tạo với nội dung khác; muốn sửa phải thu hồi hoặc trả lại hồ sơ trước.",
        "A transcript with other content exists for this pupil and year; a correction has to recall or return it first.",
    )
    LOCKED = (
        "year-locked",
        "Năm học này đã khóa sổ; muốn bổ sung, sửa đổi phải được Sở Giáo dục và Đào tạo mở khóa.",
        "This school year is closed; the department has to open it before anything is added or changed.",
    )

    ANOTHER_CHILD = (
        "pupil-code-of-another",
        "Mã học sinh này ở trường đang thuộc về một em khác (họ tên, ngày sinh, số định danh: hai mục trở lên khác); hãy kiểm tra lại mã.",
        "At this school the pupil code belongs to another child (two or more of name, birth date and personal ID differ); check the code.",
    )

    def finding(self, row: ImportedTranscript) -> Finding:
        code, vi, en = self.value
        return Finding(sheet=row.sheet, row=row.row, column=None, code=code, vi=vi, en=en)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Takes one row at a time, each in one transaction."""

    database: Database
    blobs: BlobStore
    clock: Clock
    lock_days: LockDays
    today: date

    def take(self, transcript: Transcript) -> tuple[_Taken, DocumentId] | _Refused:
        batch = class_of(transcript)
        with self.database.begin() as unit:
            held = unit.documents.in_slot(transcript_slot(batch.school, batch.school_year, transcript.pupil.code))
            if held is not None and held.basis == transcript_digest(transcript):
                return _Taken.UNCHANGED, held.document
            if held is not None:
                return self._reassess(held, transcript, unit)
            return self._add(transcript, unit)

    def _add(self, transcript: Transcript, unit: UnitOfWork) -> tuple[_Taken, DocumentId] | _Refused:
        batch = class_of(transcript)
        recalled = unit.documents.recalled_in(batch.school, batch.school_year, transcript.pupil.code)
        if recalled is None and self._is_locked(batch, unit, reassessed=transcript.final_promotion != transcript.promotion):
            return _Refused.LOCKED
        if record_enrolment(unit, transcript).pupil is None:
            return _Refused.ANOTHER_CHILD
        document = self._drafted(transcript, recalled)
        unit.documents.add(document)
        return _Taken.ADDED, document.document

    def _reassess(self, held: StoredDocument, transcript: Transcript, unit: UnitOfWork) -> tuple[_Taken, DocumentId] | _Refused:
        if held.state is not CaseState.AWAITING_REASSESSMENT:
            return _Refused.EXISTS
        if not is_reassessment_of(read_value(Transcript, self.blobs.get(held.basis)), transcript):
            return _Refused.EXISTS
        if self._is_locked(class_of(transcript), unit, reassessed=True):
            return _Refused.LOCKED
        drafted = self._drafted(transcript, None)
        unit.documents.assert_anew(held, replace(drafted, document=held.document))
        return _Taken.REASSESSED, held.document

    def _is_locked(self, batch: ClassOfYear, unit: UnitOfWork, *, reassessed: bool) -> bool:
        locked = self.lock_days.is_locked(batch.school_year, on=self.today, reassessed=reassessed)
        return locked and not unit.openings.covers(batch.school, batch.school_year, on=self.today)

    def _drafted(self, transcript: Transcript, recalled: StoredDocument | None) -> StoredDocument:
        now = self.clock.now().replace(microsecond=0)
        basis = self.blobs.put(transcript_bytes(transcript))
        record = TranscriptRecord(
            record_id=new_record_id(),
            created_at=now,
            transcript=issued(transcript),
            basis=basis,
            supersedes=recalled.record_digest if recalled else None,
        )
        blob = self.blobs.put(canonical_bytes(record))
        return StoredDocument(
            document=new_document_id(),
            kind=DocumentKind.TRANSCRIPT,
            batch=class_of(transcript),
            subject=transcript.pupil.code,
            record=record.record_id,
            record_digest=record_digest(record),
            record_blob=blob,
            basis=basis,
            link_token=new_link_token(),
            short_code=new_short_code(),
            state=CaseState.AWAITING_REASSESSMENT if awaits_reassessment(transcript) else CaseState.DRAFT,
            head=blob,
            created_at=now,
            replaces=recalled.document if recalled else None,
        )
