"""What is remembered of subject sheets: their versions, outstanding signatures, and what teachers agreed to."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from signing_service.access.policy import ClassOfYear
from signing_service.ids import PersonCode, Sha256
from signing_service.records.subject_sheet import SheetId
from signing_service.workflow.consent import ConsentId

_CONSENT_DOMAIN: Final = b"signing-service/sheet-consent/v1\n"


@dataclass(frozen=True, slots=True)
class SignedContent:
    """What was signed, and the signature."""

    content: Sha256
    """Blob of the signed bytes, whose digest is the sheet's name."""
    signature: Sha256
    """Blob of the detached CMS."""


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """One version of the sheet of one subject of a class; only the newest is still signed, a signed one stays good for what it names."""

    sheet: SheetId
    batch: ClassOfYear
    subject: str
    version: int
    lines: Sha256
    """Blob of `KeptLines`."""
    content: Sha256
    """Digest of the lines without their salts: equal for the same marks."""
    created_at: datetime
    signed: SignedContent | None = None
    """None while nobody has signed."""


@dataclass(frozen=True, slots=True)
class SheetIntent:
    """The outstanding signature of a sheet: written before the key is used."""

    sheet: SheetId
    consent: ConsentId
    content: Sha256
    """Blob of the bytes to be signed."""
    prepared: Sha256
    """Blob of the serialised `PreparedDetached`."""
    lease_until: datetime
    """Until when nobody else may prepare; afterwards an intent without a value is void."""
    signature_value: bytes | None = None


@dataclass(frozen=True, slots=True)
class SheetConsentItem:
    """One sheet to be signed: the exact bytes, which name signer and capacity."""

    sheet: SheetId
    content: Sha256


@dataclass(frozen=True, slots=True)
class SheetConsent:
    """An act waiting to be performed: one person, and the sheets of any number of classes."""

    consent_id: ConsentId
    person: PersonCode
    items: tuple[SheetConsentItem, ...]
    digest: Sha256
    given_at: datetime


def sheet_consent_digest(person: PersonCode, items: Sequence[SheetConsentItem]) -> Sha256:
    """The digest that stands for the whole list, in its order."""
    lines = [person, *(f"{item.sheet} {item.content}" for item in items)]
    return Sha256(hashlib.sha256(_CONSENT_DOMAIN + "\n".join(lines).encode()).hexdigest())


class SubjectSheets(Protocol):
    """Sheets, their intents and their consents."""

    def add(self, sheet: StoredSheet) -> None:
        """Add a version.

        Raises:
            ConflictError: somebody else made this version of this subject.
        """
        ...

    def get(self, sheet: SheetId) -> StoredSheet | None:
        """The version, or None."""
        ...

    def of_class(self, batch: ClassOfYear) -> tuple[StoredSheet, ...]:
        """Every version of every subject of a class, oldest first."""
        ...

    def signed_as(self, content: Sha256) -> StoredSheet | None:
        """The version whose signed bytes have this digest, or None."""
        ...

    def open_intent(self, intent: SheetIntent, *, now: datetime) -> None:
        """Store an intent; an earlier one without a value whose lease has run out is replaced.

        Raises:
            ConflictError: another intent is outstanding (`intent-outstanding`), or the sheet is signed (`sheet-signed`).
        """
        ...

    def intent(self, sheet: SheetId) -> SheetIntent | None:
        """The outstanding intent, or None."""
        ...

    def set_value(self, intent: SheetIntent, value: bytes) -> None:
        """Store the signature value of exactly this intent, once.

        Raises:
            ConflictError: it is not the outstanding one any more, or it has a value already (`intent-gone`).
        """
        ...

    def with_value(self, *, after: str = "", limit: int) -> tuple[SheetIntent, ...]:
        """At most `limit` signatures without a time-stamp yet, of sheets behind `after`, by sheet."""
        ...

    def sign(self, intent: SheetIntent, signature: Sha256) -> None:
        """Name the signed bytes and their CMS, and close the intent.

        Raises:
            ConflictError: it is not the outstanding intent any more (`intent-gone`).
        """
        ...

    def agree(self, consent: SheetConsent) -> None:
        """Store a consent."""
        ...

    def redeem(self, consent: ConsentId) -> SheetConsent:
        """Take the consent for performing it; the second call is refused.

        Raises:
            RefusedError: unknown (`consent-unknown`) or used before (`consent-used`).
        """
        ...
