"""What the use cases need to remember, as protocols; `storage` fulfils them.

Guarantees every implementation gives:

- A unit of work is one transaction: everything in it is durable when `__exit__` returns without an exception, and none of it otherwise.
- Reads inside a unit see its own writes. Two units that would overwrite each other's decision never both succeed: the second raises
  `ConflictError`.
- A blob is durable before any row that names it is written, and never changes afterwards.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from signing_service.access.policy import Batch, ClassOfYear
from signing_service.actions.access_code_store import AccessCodes
from signing_service.actions.award_store import AwardDecisions
from signing_service.actions.case_store import Events, Openings, Recalls
from signing_service.actions.certificate_store import Certificates
from signing_service.actions.directory_store import Pupils, Staff
from signing_service.actions.subject_sheets.store import SubjectSheets
from signing_service.ids import DocumentId, LinkToken, RecordId, SchoolCode, Sha256, ShortCode, UnitCode
from signing_service.records.kinds import DocumentKind
from signing_service.transparency.leaf import LeafKind
from signing_service.workflow.case import CaseState, SigningRole
from signing_service.workflow.consent import Consent, ConsentId


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document's row: where its case stands and which bytes are its head."""

    document: DocumentId
    kind: DocumentKind
    batch: Batch
    """The class of a year, or the award decision, that it is signed and handed out with."""
    subject: str
    """Whom it is about within the batch: the pupil's code, the golden-book number, or empty for a decision itself."""
    record: RecordId
    record_digest: Sha256
    record_blob: Sha256
    basis: Sha256
    """Blob of everything that was asserted, with what a handed-out file leaves out."""
    link_token: LinkToken
    short_code: ShortCode
    state: CaseState
    head: Sha256
    created_at: datetime
    waiting_for: str | None = None
    """Code of the error that the case waits on, or None."""
    evidence: Sha256 | None = None
    report: Sha256 | None = None
    replaces: DocumentId | None = None
    """The recalled document whose record this one's supersedes."""

    @property
    def shown_record(self) -> Sha256:
        """Blob of the record that says whom the document is about; an extract carries less than that, so it is in its basis."""
        return self.basis if self.kind is DocumentKind.TRANSCRIPT_EXTRACT else self.record_blob

    @property
    def slot(self) -> str:
        """The place that only one document at a time may hold: a pupil's year at a school, or a line of a decision.

        An extract holds none: as many are made as are asked for.
        """
        batch = self.batch
        if self.kind is DocumentKind.TRANSCRIPT_EXTRACT:
            return f"extract/{self.document}"
        if isinstance(batch, ClassOfYear):
            return transcript_slot(batch.school, batch.school_year, self.subject)
        return f"award/{batch.unit}/{batch.decision}/{self.subject}"


def transcript_slot(school: SchoolCode, school_year: str, pupil_code: str) -> str:
    """The place of a pupil's transcript of a year; the class is not in it, as a pupil may change class."""
    return f"transcript/{school}/{school_year}/{pupil_code}"


@dataclass(frozen=True, slots=True)
class StoredIntent:
    """One outstanding signature of a document: written before the key is used."""

    document: DocumentId
    role: SigningRole
    consent: ConsentId
    prepared: Sha256
    """Blob of the serialised `PreparedSignature`."""
    lease_until: datetime
    """Until when nobody else may prepare; afterwards an intent without a value is void."""
    signature_value: bytes | None = None


@dataclass(frozen=True, slots=True)
class LogCommitment:
    """One salted leaf about one frozen file; drawn once, stored before the log is told."""

    document: DocumentId
    kind: LeafKind
    file: Sha256
    salt: bytes
    index: int | None = None


class Documents(Protocol):
    """Documents by identifier, link, class and state."""

    def add(self, document: StoredDocument) -> None:
        """Add a new document.

        Raises:
            ConflictError: record, link token, short code or slot is taken.
        """
        ...

    def get(self, document: DocumentId) -> StoredDocument | None:
        """The row, or None."""
        ...

    def by_link(self, token: LinkToken) -> StoredDocument | None:
        """The document behind a verification link, or None."""
        ...

    def by_short_code(self, code: ShortCode) -> StoredDocument | None:
        """The document behind a short code, or None."""
        ...

    def by_record(self, record: RecordId) -> StoredDocument | None:
        """The document of a record, or None."""
        ...

    def in_slot(self, slot: str) -> StoredDocument | None:
        """The document that holds a slot now, or None."""
        ...

    def of_batch(self, batch: Batch) -> tuple[StoredDocument, ...]:
        """Every document of a class or a decision that is not closed, in the order of creation."""
        ...

    def of_subject(self, kind: DocumentKind, unit: UnitCode, subject: str) -> tuple[StoredDocument, ...]:
        """Every document of a kind about one pupil of a school, closed ones among them, in the order of creation."""
        ...

    def recalled_in(self, unit: UnitCode, school_year: str, subject: str) -> StoredDocument | None:
        """The newest transcript of a pupil's year that was recalled and is not superseded yet, or None."""
        ...

    def replacement_of(self, document: DocumentId) -> StoredDocument | None:
        """The newest document made to replace this one, or None."""
        ...

    def in_state(self, state: CaseState, *, after: int, limit: int) -> tuple[tuple[int, StoredDocument], ...]:
        """At most `limit` documents in this state behind place `after` (0: from the first), with their places, oldest first."""
        ...

    def page(self, *, after: int, limit: int) -> tuple[tuple[int, StoredDocument], ...]:
        """At most `limit` documents behind place `after` (0: from the first), with their places, in the order of creation."""
        ...

    def move(self, document: DocumentId, *, from_head: Sha256, to_head: Sha256, from_state: CaseState, to_state: CaseState) -> None:
        """Move head and state together, by compare-and-swap; clears `waiting_for`. A closed state gives the slot back.

        Raises:
            ConflictError: head or state is no longer what the caller saw (`head-moved`).
        """
        ...

    def assert_anew(self, before: StoredDocument, after: StoredDocument) -> None:
        """Put record, basis, head and state of `after` in the place of those of `before`, which was never rendered.

        Raises:
            ConflictError: head or state is no longer what the caller saw (`head-moved`).
        """
        ...

    def set_waiting(self, document: DocumentId, reason: str, *, head: Sha256, state: CaseState) -> None:
        """Note why the case waits; nothing happens where somebody else has moved it on from `head` and `state` meanwhile."""
        ...

    def set_proof(self, document: DocumentId, *, evidence: Sha256, report: Sha256) -> None:
        """Name the evidence bundle and the verification report of the frozen file."""
        ...

    def count_by_state(self) -> dict[tuple[CaseState, str | None], int]:
        """How many documents stand in each state, and what they wait for."""
        ...


class Intents(Protocol):
    """At most one outstanding intent for a document."""

    def open(self, intent: StoredIntent, *, now: datetime) -> None:
        """Store an intent; an earlier one without a value whose lease has run out is replaced.

        Raises:
            ConflictError: another intent is outstanding (`intent-outstanding`).
        """
        ...

    def get(self, document: DocumentId) -> StoredIntent | None:
        """The outstanding intent, or None."""
        ...

    def set_value(self, intent: StoredIntent, value: bytes) -> None:
        """Store the signature value of exactly this intent, once.

        Raises:
            ConflictError: it is not the outstanding one any more, or it has a value already (`intent-gone`).
        """
        ...

    def close(self, document: DocumentId) -> None:
        """Forget the intent: the head carries the signature now, or the attempt was refused."""
        ...

    def with_value(self, *, after: str = "", limit: int) -> tuple[StoredIntent, ...]:
        """At most `limit` signatures that exist but are not embedded yet, of documents behind `after`, by document."""
        ...


class Consents(Protocol):
    """Acts, each redeemed at most once."""

    def add(self, consent: Consent) -> None:
        """Store a consent."""
        ...

    def redeem(self, consent: ConsentId) -> Consent:
        """Take the consent for performing it; the second call is refused.

        Raises:
            RefusedError: unknown (`consent-unknown`) or used before (`consent-used`).
        """
        ...


class Commitments(Protocol):
    """Log leaves of frozen files."""

    def draw(self, document: DocumentId, kind: LeafKind, file: Sha256, salt: bytes) -> LogCommitment:
        """Store a commitment, or return the one of this kind that was drawn before."""
        ...

    def set_index(self, document: DocumentId, kind: LeafKind, index: int) -> None:
        """Note where the leaf stands in the log."""
        ...

    def get(self, document: DocumentId, kind: LeafKind = LeafKind.ISSUANCE) -> LogCommitment | None:
        """The commitment of a document, or None."""
        ...

    def unlogged(self, kind: LeafKind, *, limit: int) -> tuple[LogCommitment, ...]:
        """At most `limit` commitments of a kind that the log has not been seen to hold, by document."""
        ...


class UnitOfWork(Protocol):
    """One transaction over everything that is remembered."""

    @property
    def documents(self) -> Documents:
        """Documents."""
        ...

    @property
    def intents(self) -> Intents:
        """Intents."""
        ...

    @property
    def consents(self) -> Consents:
        """Consents."""
        ...

    @property
    def staff(self) -> Staff:
        """Schools and people."""
        ...

    @property
    def pupils(self) -> Pupils:
        """Pupils across schools and years."""
        ...

    @property
    def certificates(self) -> Certificates:
        """Certificates."""
        ...

    @property
    def commitments(self) -> Commitments:
        """Commitments."""
        ...

    @property
    def recalls(self) -> Recalls:
        """Requests to take documents back."""
        ...

    @property
    def events(self) -> Events:
        """The audit trail."""
        ...

    @property
    def access_codes(self) -> AccessCodes:
        """Access codes."""
        ...

    @property
    def openings(self) -> Openings:
        """Closed years opened again."""
        ...

    @property
    def awards(self) -> AwardDecisions:
        """Award decisions and golden-book numbers."""
        ...

    @property
    def subject_sheets(self) -> SubjectSheets:
        """Sheets that subject teachers sign."""
        ...


class Database(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """One transaction, committed at the end of the `with` block, rolled back on any exception."""
        ...

    def read(self) -> AbstractContextManager[UnitOfWork]:
        """One transaction that only reads and waits for no writer."""
        ...


class BlobStore(Protocol):
    """Frozen bytes by their digest."""

    def put(self, data: bytes) -> Sha256:
        """Make `data` durable and return its name; the same bytes twice are stored once."""
        ...

    def get(self, name: Sha256) -> bytes:
        """The bytes.

        Raises:
            IntegrityError: missing (`blob-missing`) or not what their name says (`blob-corrupt`).
        """
        ...

    def chunks(self, name: Sha256) -> Iterator[bytes]:
        """The stored bytes as they are, unchecked, in pieces of bounded size.

        Raises:
            FileNotFoundError: nothing is stored under this name.
            OSError: the medium does not give the bytes back.
        """
        ...
