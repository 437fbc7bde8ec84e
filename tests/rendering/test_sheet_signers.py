from dataclasses import replace
from datetime import UTC, datetime

from signing_service.ids import Sha256
from signing_service.records.sheet_reference import SheetCapacity, SheetReference
from signing_service.rendering.sheet_signers import printed_teacher, sheets_by_subject, sheets_note
from tests.records_factory import example_record, example_transcript
from tests.rendering.documents import example_document, rendered, text_of
from tests.verapdf import validate

NOTE = "Đã ký số phiếu điểm môn học của lớp"
SHEET = SheetReference(
    subject_code="TOAN",
    sheet=Sha256("0" * 64),
    signer="Nguyễn Thị Hoa Mẫu",
    capacity=SheetCapacity.SUBJECT_TEACHER,
    signed_at=datetime(2026, 5, 20, tzinfo=UTC),
)
SUCCESSOR = replace(SHEET, subject_code="NV", signer="Y Kế Mẫu", capacity=SheetCapacity.SUCCESSOR, in_place_of="Phạm Thị Mây Mẫu")
PRINCIPAL = replace(SHEET, subject_code="CN", signer="Trần Thị Nguyên Mẫu", capacity=SheetCapacity.PRINCIPAL, in_place_of="Đỗ Văn Nắng Mẫu")


def test_whoever_signed_is_named_and_whoever_did_not_has_no_sign() -> None:
    toan, lsdl, *_ = example_transcript().subjects
    sheets = sheets_by_subject(example_record(subject_sheets=(SHEET,)))
    assert printed_teacher(toan, sheets) == {"name": "Nguyễn Thị Hoa Mẫu", "signed": True, "note": ""}
    assert printed_teacher(lsdl, sheets) == {"name": "Trần Văn Sông Mẫu", "signed": False, "note": ""}
    assert printed_teacher(replace(lsdl, teacher=None), sheets) == {"name": "", "signed": False, "note": ""}


def test_signing_for_one_who_left_is_said_on_the_page() -> None:
    pdf = rendered(example_record(subject_sheets=(SHEET, SUCCESSOR, PRINCIPAL))).pdf
    text = text_of(pdf)
    assert NOTE in text
    assert "(dạy thay, ký thay Phạm Thị Mây Mẫu)" in text
    assert "(Hiệu trưởng, ký thay Đỗ Văn Nắng Mẫu)" in text
    assert "Nguyễn Thị Hoa Mẫu*" in text.replace(" *", "*")
    assert validate(pdf) == {"3a": [], "ua1": []}


def test_without_sheets_nothing_is_claimed() -> None:
    assert sheets_note(example_record()) is None
    text = text_of(example_document().pdf)
    assert NOTE not in text
    assert "*" not in text
