"""The certificate of one recipient: exactly what the framed page prints, bound to the decision that grants it."""

from dataclasses import dataclass
from datetime import date, datetime

from signing_service.ids import DecisionId, RecordId, Sha256
from signing_service.records.awards.authority import IssuingAuthority, Signatory
from signing_service.records.awards.decision import Award, Section


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is honoured, as the page names them; salutation and position belong to persons only."""

    section: Section
    name: str
    salutation: str | None = None
    position: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class AwardCertificate:
    """One giấy khen, bằng khen or giấy chứng nhận danh hiệu."""

    catalogue: str
    form: str
    """Identifier of the dated form of the page, such as `giay-khen-2023` (NĐ 98/2023, Điều 104)."""
    heading: str
    """`Tặng` or `Tặng danh hiệu`; the page prints it in capitals."""
    authority: IssuingAuthority
    signatory: Signatory
    decision_number: str
    decision_dated: date
    golden_book_number: int
    """The recipient's number in their half of the decision's annex."""
    recipient: Recipient
    award: Award
    school_year: str | None = None


@dataclass(frozen=True, slots=True)
class AwardCertificateRecord:
    """A certificate with its own identity: the master that the certificate's PDF shows and carries."""

    record_id: RecordId
    created_at: datetime
    decision_id: DecisionId
    decision_record: Sha256
    """Digest of the `AwardDecisionRecord` that the decision's own file carries."""
    certificate: AwardCertificate
    supersedes: Sha256 | None = None
    """Digest of the record that this one replaces."""
