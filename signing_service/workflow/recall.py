"""Why an issued document is taken back, and how far the request for it has come."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from signing_service.ids import DocumentId, PersonCode

RecallId = NewType("RecallId", str)


class RecallReason(StrEnum):
    """What the public page may say; the words of the request itself stay inside."""

    WRONG_CONTENT = "wrong-content"
    WRONG_IDENTITY = "wrong-identity"
    CIVIL_STATUS_CHANGED = "civil-status-changed"
    REASSESSED = "reassessed"
    ISSUED_BY_MISTAKE = "issued-by-mistake"
    AWARD_CANCELLED = "award-cancelled"

    @property
    def label(self) -> str:
        """The Vietnamese words."""
        return _LABELS[self]

    @property
    def english(self) -> str:
        """The English words."""
        return _ENGLISH[self]


_LABELS = {
    RecallReason.WRONG_CONTENT: "Nội dung có sai sót",
    RecallReason.WRONG_IDENTITY: "Thông tin nhân thân có sai sót",
    RecallReason.CIVIL_STATUS_CHANGED: "Thay đổi, cải chính hộ tịch",
    RecallReason.REASSESSED: "Kết quả được đánh giá lại",
    RecallReason.ISSUED_BY_MISTAKE: "Phát hành nhầm",
    RecallReason.AWARD_CANCELLED: "Khen thưởng đã bị hủy bỏ",
}

_ENGLISH = {
    RecallReason.WRONG_CONTENT: "The content was wrong",
    RecallReason.WRONG_IDENTITY: "The personal data were wrong",
    RecallReason.CIVIL_STATUS_CHANGED: "The civil status changed",
    RecallReason.REASSESSED: "The result was re-assessed",
    RecallReason.ISSUED_BY_MISTAKE: "It was issued by mistake",
    RecallReason.AWARD_CANCELLED: "The award was cancelled",
}


class RecallState(StrEnum):
    """How far a request has come."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Recall:
    """A request to take a document back, and the decision about it; whoever asks never decides."""

    recall: RecallId
    document: DocumentId
    reason: RecallReason
    explanation: str
    """In the words of whoever asked; may name a child, so it is shown to nobody outside the school and the department."""
    requested_by: PersonCode
    requested_at: datetime
    state: RecallState = RecallState.REQUESTED
    decided_by: PersonCode | None = None
    decided_at: datetime | None = None
    remark: str | None = None
    """Why it was refused, or the number of the decision that approved it."""
