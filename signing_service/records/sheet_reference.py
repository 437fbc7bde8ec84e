"""How a transcript names the subject sheets (phiếu điểm môn học) that it rests on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from signing_service.ids import Sha256


class SheetCapacity(StrEnum):
    """In which capacity a subject sheet was signed; the value is stable, the label is printed."""

    SUBJECT_TEACHER = "subject-teacher"
    SUCCESSOR = "successor"
    """Whoever teaches the subject after a teacher who left, or as a substitute (người dạy thay)."""
    PRINCIPAL = "principal"
    """The head of the school, for a teacher who left."""

    @property
    def label(self) -> str:
        """The Vietnamese name."""
        return _LABELS[self]

    @property
    def english(self) -> str:
        """The English name."""
        return _ENGLISH[self]


_LABELS = {
    SheetCapacity.SUBJECT_TEACHER: "Giáo viên bộ môn",
    SheetCapacity.SUCCESSOR: "Giáo viên dạy thay, tiếp nhận",
    SheetCapacity.PRINCIPAL: "Lãnh đạo nhà trường",
}

_ENGLISH = {
    SheetCapacity.SUBJECT_TEACHER: "Subject teacher",
    SheetCapacity.SUCCESSOR: "Succeeding or substitute teacher",
    SheetCapacity.PRINCIPAL: "Head of the school",
}


@dataclass(frozen=True, slots=True)
class SheetReference:
    """One signed subject sheet, named by the digest of its canonical bytes."""

    subject_code: str
    sheet: Sha256
    signer: str
    """Name of the person who signed."""
    capacity: SheetCapacity
    signed_at: datetime
    """Claimed signing time of the sheet's signature (aware, whole seconds)."""
    in_place_of: str | None = None
    """Name of the teacher who left; None when the teacher in charge signed."""
