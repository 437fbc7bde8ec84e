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

from signing_service.directory.people import Appointment, Person, School
from signing_service.ids import DocumentId, KeyId, LinkToken, PersonCode, RecordId, SchoolCode, Sha256, ShortCode
from signing_service.workflow.case import CaseState, SigningRole
from signing_service.workflow.consent import Consent, ConsentId


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document's row: where its case stands and which bytes are its head."""

    document: DocumentId
    record: RecordId
    record_digest: Sha256
    record_blob: Sha256
    school: SchoolCode
    class_name: str
    school_year: str
    pupil_code: str
    transcript_digest: Sha256
    link_token: LinkToken
    short_code: ShortCode
    state: CaseState
    head: Sha256
    created_at: datetime
    waiting_for: str | None = None
    """Code of the error that the case waits on, or None."""
    evidence: Sha256 | None = None
    report: Sha256 | None = None


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
class StoredCertificate:
    """A certificate this service issued, and to whom."""

    serial: int
    certificate: bytes
    profile: str
    owner: str
    key: KeyId | None
    issued_at: datetime
    revoked_at: datetime | None = None
    revocation_reason: str | None = None


@dataclass(frozen=True, slots=True)
class LogCommitment:
    """The salted leaf of one frozen file; drawn once, stored before the log is told."""

    document: DocumentId
    file: Sha256
    salt: bytes
    index: int | None = None


class Documents(Protocol):
    """Documents by identifier, link, class and state."""

    def add(self, document: StoredDocument) -> None:
        """Add a new document.

        Raises:
            ConflictError: record, link token, short code or (pupil, school year) is taken.
        """
        ...

    def get(self, document: DocumentId) -> StoredDocument | None:
        """The row, or None."""
        ...

    def by_link(self, token: LinkToken) -> StoredDocument | None:
        """The document behind a verification link, or None."""
        ...

    def of_pupil(self, school: SchoolCode, pupil_code: str, school_year: str) -> StoredDocument | None:
        """The current document of a pupil for a year, or None."""
        ...

    def of_class(self, school: SchoolCode, class_name: str, school_year: str) -> tuple[StoredDocument, ...]:
        """Every document of a class, in the order of creation."""
        ...

    def in_state(self, state: CaseState, *, after: int, limit: int) -> tuple[tuple[int, StoredDocument], ...]:
        """At most `limit` documents in this state behind place `after` (0: from the first), with their places, oldest first."""
        ...

    def page(self, *, after: int, limit: int) -> tuple[tuple[int, StoredDocument], ...]:
        """At most `limit` documents behind place `after` (0: from the first), with their places, in the order of creation."""
        ...

    def move(self, document: DocumentId, *, from_head: Sha256, to_head: Sha256, from_state: CaseState, to_state: CaseState) -> None:
        """Move head and state together, by compare-and-swap; clears `waiting_for`.

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


class Staff(Protocol):
    """Schools, people and appointments."""

    def add_school(self, school: School) -> None:
        """Add or replace a school."""
        ...

    def add_person(self, person: Person) -> None:
        """Add or replace a person."""
        ...

    def appoint(self, appointment: Appointment) -> None:
        """Add an appointment; the same one twice changes nothing."""
        ...

    def school(self, code: SchoolCode) -> School | None:
        """A school, or None."""
        ...

    def schools(self) -> tuple[School, ...]:
        """Every school, by code."""
        ...

    def members_of(self, school: SchoolCode) -> tuple[Person, ...]:
        """Everybody who was ever appointed at a school, by code."""
        ...

    def person(self, code: PersonCode) -> Person | None:
        """A person, or None."""
        ...

    def appointments_of(self, person: PersonCode) -> tuple[Appointment, ...]:
        """Every appointment of a person."""
        ...


class Certificates(Protocol):
    """What this service issued."""

    def add(self, certificate: StoredCertificate) -> None:
        """Add an issued certificate."""
        ...

    def by_serial(self, serial: int) -> StoredCertificate | None:
        """A certificate by its serial number, or None."""
        ...

    def of_owner(self, owner: str) -> StoredCertificate | None:
        """The newest certificate of an owner, or None."""
        ...

    def of_profile(self, profile: str) -> tuple[StoredCertificate, ...]:
        """Every certificate of a profile, newest first."""
        ...

    def revoke(self, serial: int, *, at: datetime, reason: str) -> None:
        """Mark as revoked, once and for good.

        Raises:
            ConflictError: unknown or revoked before.
        """
        ...

    def revoked(self) -> tuple[StoredCertificate, ...]:
        """Every revoked certificate."""
        ...


class Commitments(Protocol):
    """Log leaves of frozen files."""

    def draw(self, document: DocumentId, file: Sha256, salt: bytes) -> LogCommitment:
        """Store a commitment, or return the one that was drawn before."""
        ...

    def set_index(self, document: DocumentId, index: int) -> None:
        """Note where the leaf stands in the log."""
        ...

    def get(self, document: DocumentId) -> LogCommitment | None:
        """The commitment of a document, or None."""
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
    def certificates(self) -> Certificates:
        """Certificates."""
        ...

    @property
    def commitments(self) -> Commitments:
        """Commitments."""
        ...


class Database(Protocol):
    """Opens units of work."""

    def begin(self) -> AbstractContextManager[UnitOfWork]:
        """One transaction, committed at the end of the `with` block, rolled back on any exception."""
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
