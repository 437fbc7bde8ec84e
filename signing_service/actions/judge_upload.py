"""What an uploaded file is worth: what its bytes prove, and what our own archive knows of it. Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from signing_service.actions.look_up_link import LinkAnswer, LinkVerdict, look_up_link
from signing_service.actions.repositories import BlobStore, Database, StoredDocument, UnitOfWork
from signing_service.clock import Clock
from signing_service.ids import LinkToken, RecordId
from signing_service.transparency.note import VerifierKey
from signing_service.verification.isolated import Looked
from signing_service.verification.report import CurrentStatus, VerificationReport
from signing_service.workflow.case import ISSUED

NOT_THE_ISSUED_FILE: Final = "not-the-issued-file"
"""Reason in the report: the file names a record or carries a link of ours, and is not the file that was issued with it."""


class Origin(StrEnum):
    """What our archive says to the bytes of a file."""

    ISSUED = "issued"
    """Octet by octet a file that we issued."""
    OTHER_BYTES = "other-bytes"
    """It carries a record or a link of ours, but we issued another file with it."""
    UNKNOWN = "unknown"


class Look(Protocol):
    """Judges a stranger's file where it can do no harm (`verification.isolated`)."""

    def __call__(
        self,
        pdf: bytes,
        *,
        name: str,
        anchors: Sequence[bytes],
        at: datetime,
        evidence: bytes | None,
        log_key: VerifierKey | None,
    ) -> Looked:
        """The report, and the links that stand in the file."""
        ...


@dataclass(frozen=True, slots=True)
class Upload:
    """A stranger's file, and the evidence that came with it."""

    name: str
    pdf: bytes
    evidence: bytes | None = None


@dataclass(frozen=True, slots=True)
class UploadAnswer:
    """The answer to one file; `token` and `link` belong to the record that the file names, whether it is that record's file or not."""

    report: VerificationReport
    origin: Origin
    token: LinkToken | None = None
    link: LinkAnswer | None = None


@dataclass(frozen=True, slots=True)
class UploadJudge:
    """Judges uploads for one service."""

    look: Look
    database: Database
    blobs: BlobStore
    clock: Clock
    anchors: tuple[bytes, ...]
    log_key: VerifierKey | None

    def judge(self, upload: Upload) -> UploadAnswer:
        """The report with the current status of a file of ours.

        Raises:
            NotAPdfError: it is no PDF.
            UnavailableError: too many wait (`verifier-busy`), or verifier or database does not answer.
        """
        now = self.clock.now()
        looked = self.look(upload.pdf, name=upload.name, anchors=self.anchors, at=now, evidence=upload.evidence, log_key=self.log_key)
        document = self._document_of(looked)
        if document is None:
            return UploadAnswer(looked.report, Origin.UNKNOWN)
        answer = look_up_link(document.link_token, database=self.database, blobs=self.blobs, now=now)
        if document.head == looked.report.file_sha256:
            report = replace(looked.report, current_status=_CURRENT.get(answer.verdict, CurrentStatus.NOT_CHECKED))
            return UploadAnswer(report, Origin.ISSUED, document.link_token, answer)
        report = replace(looked.report, reasons=(NOT_THE_ISSUED_FILE, *looked.report.reasons))
        return UploadAnswer(report, Origin.OTHER_BYTES, document.link_token, answer)

    def _document_of(self, looked: Looked) -> StoredDocument | None:
        """The issued document that the file is, or else that its record names, or else that a link in it leads to."""
        with self.database.read() as unit:
            named = tuple(_named(unit, looked))
        issued = [document for document in named if document is not None and document.state in ISSUED]
        return next((one for one in issued if one.head == looked.report.file_sha256), issued[0] if issued else None)


_CURRENT = {
    LinkVerdict.VALID: CurrentStatus.VALID,
    LinkVerdict.SUPERSEDED: CurrentStatus.SUPERSEDED,
    LinkVerdict.REVOKED: CurrentStatus.REVOKED,
}


def _named(unit: UnitOfWork, looked: Looked) -> tuple[StoredDocument | None, ...]:
    record = looked.report.record
    by_record = () if record is None else (unit.documents.by_record(RecordId(record.record_id)),)
    return (*by_record, *(unit.documents.by_link(token) for token in looked.links))
