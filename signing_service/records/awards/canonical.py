"""The canonical bytes (RFC 8785) and digests of award records, and reading them back strictly."""

from signing_service.ids import Sha256, sha256_of
from signing_service.records.awards.certificate import AwardCertificateRecord
from signing_service.records.awards.decision import AwardDecision, AwardDecisionRecord, KeptDecision
from signing_service.records.canonical import read_value, value_bytes


def award_bytes(record: AwardDecisionRecord | AwardCertificateRecord | KeptDecision) -> bytes:
    """The UTF-8 RFC 8785 bytes of an award record, or of the full decision as it is kept.

    Raises:
        InvalidInputError: a moment without zone or with fractions of a second, or text that is not Unicode.
    """
    return value_bytes(record)


def award_digest(record: AwardDecisionRecord | AwardCertificateRecord | KeptDecision) -> Sha256:
    """SHA-256 of the canonical bytes: the name of the record.

    Raises:
        InvalidInputError: as `award_bytes`.
    """
    return sha256_of(award_bytes(record))


def decision_digest(decision: AwardDecision) -> Sha256:
    """SHA-256 of what the office asserts, without identity and salt: equal for the same import twice. It never leaves the office.

    Raises:
        InvalidInputError: text that is not Unicode.
    """
    return sha256_of(value_bytes(decision))


def read_award_decision(data: bytes) -> AwardDecisionRecord:
    """The decision record whose canonical bytes are exactly `data`.

    Raises:
        InvalidInputError: as `records.canonical.read_value`.
    """
    return read_value(AwardDecisionRecord, data)


def read_award_certificate(data: bytes) -> AwardCertificateRecord:
    """The certificate record whose canonical bytes are exactly `data`.

    Raises:
        InvalidInputError: as `records.canonical.read_value`.
    """
    return read_value(AwardCertificateRecord, data)


def read_kept_decision(data: bytes) -> KeptDecision:
    """The full decision whose canonical bytes are exactly `data`.

    Raises:
        InvalidInputError: as `records.canonical.read_value`.
    """
    return read_value(KeptDecision, data)
