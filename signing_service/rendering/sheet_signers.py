"""The teacher column: who answers for a subject, and who signed the sheet that it rests on."""

from collections.abc import Mapping
from typing import Final

from signing_service.records.sheet_reference import SheetCapacity, SheetReference
from signing_service.records.transcript import Subject, TranscriptRecord
from signing_service.rendering.printable import Printed

_NOTE: Final = "Đã ký số phiếu điểm môn học của lớp; học bạ này mang theo giá trị băm của từng phiếu."
_FOR_ANOTHER: Final = {
    SheetCapacity.SUBJECT_TEACHER: "ký thay",
    SheetCapacity.SUCCESSOR: "dạy thay, ký thay",
    SheetCapacity.PRINCIPAL: "Hiệu trưởng, ký thay",
}


def sheets_by_subject(record: TranscriptRecord) -> Mapping[str, SheetReference]:
    """The signed sheet of each subject that has one, by subject code."""
    return {sheet.subject_code: sheet for sheet in record.subject_sheets or ()}


def sheets_note(record: TranscriptRecord) -> str | None:
    """The line under the table that explains the sign beside a name; None where no sheet was signed."""
    return _NOTE if record.subject_sheets else None


def printed_teacher(subject: Subject, sheets: Mapping[str, SheetReference]) -> Printed:
    """The name, whether a signed sheet stands behind it, and for whom it was signed where that is somebody else."""
    sheet = sheets.get(subject.code)
    if sheet is None:
        return {"name": "" if subject.teacher is None else subject.teacher.name, "signed": False, "note": ""}
    return {"name": sheet.signer, "signed": True, "note": _signed_for(sheet)}


def _signed_for(sheet: SheetReference) -> str:
    if sheet.in_place_of is not None:
        return f"({_FOR_ANOTHER[sheet.capacity]} {sheet.in_place_of})"
    return "" if sheet.capacity is SheetCapacity.SUBJECT_TEACHER else f"({_FOR_ANOTHER[sheet.capacity]})"
