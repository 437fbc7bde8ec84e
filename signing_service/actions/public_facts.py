"""What of a record anybody with its link may know: nothing about a child, or a person honoured, but the initials."""

from dataclasses import dataclass
from datetime import date

from signing_service.records.awards.canonical import read_award_certificate, read_award_decision
from signing_service.records.awards.decision import Section
from signing_service.records.canonical import read_record
from signing_service.records.kinds import DocumentKind


@dataclass(frozen=True, slots=True)
class PublicFacts:
    """The facts; what the kind of document does not have is None."""

    issuer: str | None = None
    school_year: str | None = None
    recipient: str | None = None
    """A pupil or a person honoured: initials. A collective: its name."""
    recipient_is_masked: bool = True
    award: str | None = None
    decision_number: str | None = None
    decided_on: date | None = None


def masked(name: str) -> str:
    """The initial of every word (`Nguyễn Thị Ánh` -> `N. T. Á.`): names are not assumed family-first."""
    return " ".join(f"{word[0]}." for word in name.split())


def public_facts(kind: DocumentKind, record: bytes) -> PublicFacts:
    """The facts of a record of that kind; an extract (trích sao) has the record of its transcript.

    Raises:
        InvalidInputError: the bytes are no record of that kind.
    """
    match kind:
        case DocumentKind.TRANSCRIPT | DocumentKind.TRANSCRIPT_EXTRACT:
            transcript = read_record(record).transcript
            return PublicFacts(transcript.issuer.school_name, transcript.school_year, masked(transcript.pupil.name))
        case DocumentKind.AWARD_CERTIFICATE:
            return _certificate(record)
        case DocumentKind.AWARD_DECISION:
            decision = read_award_decision(record).decision
            return PublicFacts(
                issuer=decision.authority.name,
                school_year=decision.school_year,
                decision_number=decision.number,
                decided_on=decision.dated,
            )


def _certificate(record: bytes) -> PublicFacts:
    certificate = read_award_certificate(record).certificate
    recipient = certificate.recipient
    is_collective = recipient.section is Section.COLLECTIVE
    return PublicFacts(
        issuer=certificate.authority.name,
        school_year=certificate.school_year,
        recipient=recipient.name if is_collective else masked(recipient.name),
        recipient_is_masked=not is_collective,
        award=certificate.award.title_name,
        decision_number=certificate.decision_number,
        decided_on=certificate.decision_dated,
    )
