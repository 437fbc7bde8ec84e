"""An issued transcript of `tests/line.py` is extracted from, taken back and replaced; whoever does it again does what is left."""

from datetime import date

from signing_service.access.policy import Actor, ClassOfYear
from signing_service.actions.decide_recall import decide_recall
from signing_service.actions.give_consent import give_consent
from signing_service.actions.import_transcripts import import_transcripts
from signing_service.actions.issue_extract import issue_extract
from signing_service.actions.repositories import StoredDocument
from signing_service.actions.request_recall import request_recall
from signing_service.actions.steps import StepListener
from signing_service.bootstrap import Service
from signing_service.directory.people import Appointment, Office
from signing_service.ids import PersonCode, SchoolCode
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.records.kinds import DocumentKind
from signing_service.records.transcript import Transcript
from signing_service.workflow.case import CaseState, SigningRole
from signing_service.workflow.recall import RecallReason, RecallState
from tests.crash import Told
from tests.line import CLERK, actor

DEPARTMENT = SchoolCode("99")
OFFICER = Actor(PersonCode("9900000088"), (Appointment(PersonCode("9900000088"), DEPARTMENT, Office.DEPARTMENT_OFFICER, date(2020, 8, 1)),))


def of_pupil(service: Service, batch: ClassOfYear, subject: str, kind: DocumentKind = DocumentKind.TRANSCRIPT) -> StoredDocument | None:
    """The first document of a kind about a pupil."""
    with service.database.read() as unit:
        return next(iter(unit.documents.of_subject(kind, batch.unit, subject)), None)


def extract_from(service: Service, source: StoredDocument, told: Told) -> None:
    """Draw up one extract, where there is none and the transcript stands."""
    with service.database.read() as unit:
        drawn = unit.documents.of_subject(DocumentKind.TRANSCRIPT_EXTRACT, source.batch.unit, source.subject)
    if drawn or source.state is not CaseState.ARCHIVED:
        return
    extract = issue_extract(
        actor(service, CLERK),
        source.document,
        number=None,
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        base_url=service.identity.base_url,
    )
    told("extract-drawn", extract)


def seal_extracts(service: Service, batch: ClassOfYear, told: StepListener) -> None:
    """The school seals every extract of a class that waits for it."""
    who = actor(service, CLERK)
    consent = give_consent(who, SigningRole.COPYING_SEAL, batch, database=service.database, clock=service.clock).consent
    service.signer(told).perform(consent.consent_id, actor=who, resource=batch, secret=None)


def take_back(service: Service, document: StoredDocument, told: Told) -> None:
    """The clerk asks, an officer of the department approves: the year has closed long ago."""
    if document.state is not CaseState.ARCHIVED:
        return
    with service.database.read() as unit:
        recall = unit.recalls.standing(document.document)
    if recall is None:
        recall = request_recall(
            actor(service, CLERK),
            document.document,
            RecallReason.WRONG_CONTENT,
            explanation="Sai ngày sinh",
            database=service.database,
            clock=service.clock,
        )
        told("recall-requested", document.document)
    if recall.state is RecallState.REQUESTED:
        decide_recall(OFFICER, recall.recall, approve=True, remark="12/QĐ-SGDĐT", database=service.database, clock=service.clock)
        told("recall-decided", document.document)


def take_corrected(service: Service, transcript: Transcript, told: StepListener) -> None:
    """Import what takes the place of a recalled transcript."""
    import_transcripts(
        IntakeResult((ImportedTranscript("Ca nam", 8, transcript),), (), ()),
        actor=actor(service, CLERK),
        database=service.database,
        blobs=service.blobs,
        clock=service.clock,
        on_step=told,
    )
