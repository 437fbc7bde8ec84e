"""The outside class 10A1: every pupil with the subjects of their own, every figure the expected one; wrong choices are named."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook

from signing_service.ids import SchoolCode
from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.records.canonical import transcript_digest
from signing_service.records.parties import Issuer
from signing_service.records.transcript import EducationLevel
from tests.intake.test_class_7a import TODAY, same_transcript

ISSUER = Issuer(
    department_code="99",
    department_name="Sở Giáo dục và Đào tạo Đắk Lắk",
    school_code=SchoolCode("99000702"),
    school_name="Trường THPT Chư Hoa Mây",
    commune="Xã Krông Búk",
    province="Tỉnh Đắk Lắk",
    place_of_issue="Krông Búk",
)


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "data" / "thpt-lop-10A1.expected.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def workbook(shared: Path) -> bytes:
    return (shared / "data" / "thpt-lop-10A1.xlsx").read_bytes()


def _read(data: bytes) -> IntakeResult:
    return read_transcripts(data, schools=(KnownSchool(ISSUER),), today=TODAY)


@pytest.fixture(scope="module")
def imported(workbook: bytes) -> IntakeResult:
    return _read(workbook)


def _read_changed(workbook: bytes, change: Callable[[Workbook], None]) -> IntakeResult:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return _read(buffer.getvalue())


def test_every_pupil_comes_in_without_a_word(imported: IntakeResult) -> None:
    assert (len(imported.records), imported.errors, imported.warnings) == (45, (), ())


def test_every_figure_is_the_expected_one(imported: IntakeResult, expected: dict[str, Any]) -> None:
    pupils = {p["code"]: p for p in expected["pupils"]}
    for row in imported.records:
        same_transcript(row.transcript, pupils[row.transcript.pupil.code])


def test_everybody_has_the_subjects_that_they_chose(imported: IntakeResult, expected: dict[str, Any]) -> None:
    compulsory = {"TOAN", "NV", "NN1", "LS", "GDQP", "GDTC", "TNHN", "GDDP"}
    for row, pupil in zip(imported.records, expected["pupils"], strict=True):
        assert {s.code for s in row.transcript.subjects} == compulsory | set(pupil["chosen_subjects"])
        assert [s.code for s in row.transcript.subjects if s.optional] == [c for c in pupil["chosen_subjects"] if c == "TDT"]


def test_the_summer_decides_the_year_again(imported: IntakeResult, expected: dict[str, Any]) -> None:
    decided = 0
    for row, pupil in zip(imported.records, expected["pupils"], strict=True):
        wanted, found = pupil.get("after_summer"), row.transcript.after_summer
        assert (found is None) == (wanted is None)
        if found is not None and wanted is not None:
            decided += 1
            assert (found.learning.value, found.conduct.value) == (wanted["learning"], wanted["conduct"])
            assert found.promotion.status.value == wanted["status"]
    assert decided == 1


def test_the_record_names_rules_form_and_level_of_upper_secondary(imported: IntakeResult, expected: dict[str, Any]) -> None:
    first = imported.records[0].transcript
    assert (first.rules, first.form, first.level) == ("tt22-2021-thpt", "thpt-2021", EducationLevel.UPPER_SECONDARY)
    assert (first.homeroom_teacher.name, first.principal.name) == (expected["homeroom_teacher"]["name"], expected["principal"]["name"])


def test_without_the_sheet_of_choices_blank_cells_say_who_takes_what(workbook: bytes, imported: IntakeResult) -> None:
    def remove(book: Workbook) -> None:
        del book["Mon lua chon"]

    result = _read_changed(workbook, remove)
    assert result.errors == ()
    assert [transcript_digest(r.transcript) for r in result.records] == [transcript_digest(r.transcript) for r in imported.records]


def test_all_choices_may_stand_in_one_column(workbook: bytes, imported: IntakeResult) -> None:
    def join(book: Workbook) -> None:
        sheet = book["Mon lua chon"]
        for row in range(7, 52):
            names = [str(value) for column in range(4, 9) if (value := sheet.cell(row, column).value)]
            sheet.cell(row, 4).value = ", ".join(names)
        sheet["D6"].value = "Các môn lựa chọn"
        sheet.delete_cols(5, 4)

    result = _read_changed(workbook, join)
    assert result.errors == ()
    assert [transcript_digest(r.transcript) for r in result.records] == [transcript_digest(r.transcript) for r in imported.records]


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "errors"),
    [
        ("Mon lua chon", "G7", None, [("electives-count", "Mon lua chon", 7, None), ("mark-not-chosen", "Hoc ki 1")]),
        ("Mon lua chon", "G7", "Lí", [("elective-doubled", "Mon lua chon", 7, "G")]),
        ("Mon lua chon", "G7", "Toán", [("elective-not-offered", "Mon lua chon", 7, "G")]),
        ("Mon lua chon", "G7", "Thả diều", [("subject-unknown", "Mon lua chon", 7, "G")]),
        ("Mon lua chon", "G7", "Địa", [("mark-not-chosen", "Hoc ki 1"), ("regular-mark-missing", "Hoc ki 1")]),
        ("Mon lua chon", "H7", "T.Ê đê", [("regular-mark-missing", "Hoc ki 1")]),
    ],
)
def test_a_wrong_choice_is_named(workbook: bytes, sheet: str, cell: str, value: str | None, errors: list[tuple[Any, ...]]) -> None:
    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    result = _read_changed(workbook, change)
    assert len(result.records) == 44
    found = {(e.code, e.sheet, e.row, e.column) for e in result.errors}
    for error in errors:
        assert any(one[: len(error)] == error for one in found), (error, found)


def test_a_mark_in_a_subject_that_was_not_chosen_is_named_by_its_cell(workbook: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    headings = [cell.value for cell in book["Hoc ki 2"][6]]
    column = headings.index("Địa") + 1

    def add(book: Workbook) -> None:
        book["Hoc ki 2"].cell(9, column).value = 8

    result = _read_changed(workbook, add)
    letter = get_column_letter(column)
    assert [(e.code, e.sheet, e.row, e.column) for e in result.errors] == [("mark-not-chosen", "Hoc ki 2", 9, letter)]
