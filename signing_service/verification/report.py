"""The verdict on one file, as frozen values in the words of ETSI EN 319 102-1; `report_json` writes them down."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from signing_service.ids import Sha256
from signing_service.records.sheet_reference import SheetCapacity


class Indication(StrEnum):
    """Main indication (EN 319 102-1, 5.1.3), best first."""

    TOTAL_PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    TOTAL_FAILED = "TOTAL-FAILED"


class SubIndication(StrEnum):
    """Sub-indications (EN 319 102-1, tables 5 and 6) that this verifier uses."""

    FORMAT_FAILURE = "FORMAT_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    CHAIN_CONSTRAINTS_FAILURE = "CHAIN_CONSTRAINTS_FAILURE"
    CERTIFICATE_CHAIN_GENERAL_FAILURE = "CERTIFICATE_CHAIN_GENERAL_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE = "CRYPTO_CONSTRAINTS_FAILURE"
    CRYPTO_CONSTRAINTS_FAILURE_NO_POE = "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"
    NO_SIGNING_CERTIFICATE_FOUND = "NO_SIGNING_CERTIFICATE_FOUND"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    REVOKED_NO_POE = "REVOKED_NO_POE"
    REVOKED_CA_NO_POE = "REVOKED_CA_NO_POE"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    OUT_OF_BOUNDS_NOT_REVOKED = "OUT_OF_BOUNDS_NOT_REVOKED"
    REVOCATION_OUT_OF_BOUNDS_NO_POE = "REVOCATION_OUT_OF_BOUNDS_NO_POE"
    TIMESTAMP_ORDER_FAILURE = "TIMESTAMP_ORDER_FAILURE"
    POLICY_PROCESSING_ERROR = "POLICY_PROCESSING_ERROR"
    NO_POE = "NO_POE"
    TRY_LATER = "TRY_LATER"
    SIGNED_DATA_NOT_FOUND = "SIGNED_DATA_NOT_FOUND"


class CurrentStatus(StrEnum):
    """What the issuer says of the document now; offline nobody is asked."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    REVOKED = "revoked"
    NOT_CHECKED = "not-checked"


class TimeSource(StrEnum):
    """Where the signing time comes from."""

    CLAIMED = "claimed"
    TIMESTAMP = "timestamp"


class Integrity(StrEnum):
    """Whether digest and signature value fit the signed bytes."""

    INTACT = "intact"
    BROKEN = "broken"


class Coverage(StrEnum):
    """Whether the signature covers its whole revision."""

    WHOLE_REVISION = "whole-revision"
    PARTIAL = "partial"


class Modification(StrEnum):
    """What was added to the file after the signature."""

    NONE = "none"
    PERMITTED = "permitted"
    FORBIDDEN = "forbidden"


class Level(StrEnum):
    """PAdES baseline level (ETSI EN 319 142-1, 6)."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"
    NONE = "none"


class Trust(StrEnum):
    """Whether the signer's certificate leads to an anchor that the caller gave."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"


class Revocation(StrEnum):
    """What the revocation data at hand say of the signer's certificate at the signing time."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Rerendered(StrEnum):
    """Whether the embedded record, rendered again, gives the first revision byte by byte."""

    EQUAL = "equal"
    DIFFERENT = "different"
    NOT_TRIED = "not-tried"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """The verdict on one filled signature field. `signed_at` is timezone-aware or None when nothing tells it."""

    field: str
    role: str | None
    signer: str | None
    signed_at: datetime | None
    time_source: TimeSource
    integrity: Integrity
    coverage: Coverage
    modification: Modification
    level: Level
    trust: Trust
    revocation: Revocation
    indication: Indication
    sub_indication: SubIndication | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordReport:
    """The record embedded in the file."""

    kind: str
    record_id: str
    digest: Sha256
    digest_ok: bool
    rerendered: Rerendered


@dataclass(frozen=True, slots=True)
class SubjectSheetReport:
    """The verdict on one subject sheet that the record names.

    `bound` tells whether the sheet is the one that the record names and the pupil's printed row is the one that was signed.
    """

    subject: str
    sheet: Sha256
    signer: str
    capacity: SheetCapacity
    in_place_of: str | None
    signed_at: datetime
    time_source: TimeSource
    bound: bool
    integrity: Integrity
    trust: Trust
    revocation: Revocation
    indication: Indication
    sub_indication: SubIndication | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogReport:
    """What the evidence beside the file proves about the transparency log."""

    included: bool
    checkpoint_size: int


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """The verdict on one file."""

    file: str
    file_sha256: Sha256
    verified_at: datetime
    indication: Indication
    sub_indication: SubIndication | None
    modified_after_signing: bool
    signatures: tuple[SignatureReport, ...]
    record: RecordReport | None
    log: LogReport | None
    reasons: tuple[str, ...] = ()
    current_status: CurrentStatus = CurrentStatus.NOT_CHECKED
    subject_sheets: tuple[SubjectSheetReport, ...] = ()
