"""Workbooks of other school systems give the same transcripts, or a finding that says which sheet or heading is missing."""

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook

from signing_service.intake.headings import Part, part_of, subject_and_part, subject_code
from signing_service.intake.result import IntakeResult
from signing_service.records.canonical import to_json
from signing_service.sample import sample_class_workbook
from tests.intake.changed_sample import read, read_changed
from tests.intake.other_systems import as_another_system, as_one_sheet_per_subject


def _said(result: IntakeResult) -> list[Any]:
    """The transcripts, whatever the order of the subjects' columns."""
    found = []
    for row in result.records:
        transcript: Any = to_json(row.transcript)
        transcript["subjects"].sort(key=lambda subject: subject["code"])
        transcript["promotion"]["retest_subjects"].sort()
        found.append(transcript)
    return sorted(found, key=lambda t: t["pupil"]["code"])


@cache
def _expected() -> list[Any]:
    return _said(read(sample_class_workbook()))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9))
def test_other_headings_order_rows_and_sheet_names_give_the_same_transcripts(seed: int) -> None:
    result = read(as_another_system(seed))
    assert (result.errors, result.warnings) == ((), ())
    assert _said(result) == _expected()


@pytest.mark.parametrize("both", [True, False])
@pytest.mark.parametrize("joined", [True, False])
def test_one_sheet_for_every_subject_gives_the_same_transcripts(both: bool, joined: bool) -> None:  # noqa: FBT001 - pytest hands them over by name
    result = read(as_one_sheet_per_subject(both_semesters_on_one=both, marks_in_one_cell=joined))
    assert (result.errors, result.warnings) == ((), ())
    assert _said(result) == _expected()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("ĐĐGtx", Part.REGULAR),
        ("Điểm TX1", Part.REGULAR),
        ("TX 2", Part.REGULAR),
        ("ĐĐGGK", Part.MIDTERM),
        ("Giữa học kỳ I", Part.MIDTERM),
        ("ĐĐGCK", Part.FINAL),
        ("Điểm cuối kì", Part.FINAL),
        ("TBmHK", Part.RESULT),
        ("ĐTBmhkII", Part.RESULT),
        ("TBMCN", Part.RESULT),
        ("(HS 1)", Part.RESULT),
        ("(N.xét)", Part.RESULT),
        ("Ghi chú", None),
        ("Tổng", None),
        ("Kết quả học tập", None),
    ],
)
def test_parts_of_a_subject_in_their_spellings(text: str, part: Part | None) -> None:
    assert part_of(text) is part


def test_a_subject_and_its_part_may_stand_in_one_heading() -> None:
    assert subject_and_part("Toán TX1") == ("TOAN", Part.REGULAR)
    assert subject_and_part("Ngữ văn - ĐĐGck") == ("NV", Part.FINAL)
    assert subject_and_part("Ng.ngữ_ĐĐGgk") == ("NN1", Part.MIDTERM)
    assert subject_and_part("Họ và tên") is None
    assert subject_code("Môn Toán") == "TOAN"


def test_what_is_missing_is_named_by_sheet_or_heading() -> None:
    def without_conduct(book: Workbook) -> None:
        book["Hoc ki 2"]["BY6"].value = "Cột lạ"

    result = read_changed(without_conduct)
    assert result.records == ()
    assert [(e.code, e.sheet) for e in result.errors] == [("heading-missing", "Hoc ki 2")]
    assert "Kết quả rèn luyện" in result.errors[0].vi


def test_a_class_list_that_does_not_ask_for_sex_or_nationality_leaves_them_absent() -> None:
    def remove(book: Workbook) -> None:
        sheet = book["Danh sach HS"]
        for cell in ("F6", "H6"):
            sheet[cell].value = "Cột khác"

    result = read_changed(remove)
    assert (result.errors, len(result.records)) == ((), 45)
    assert {(r.transcript.pupil.sex, r.transcript.pupil.nationality) for r in result.records} == {(None, None)}
    assert [w.code for w in result.warnings] == ["heading-absent", "heading-absent"]
    assert None not in {r.transcript.pupil.ethnicity for r in result.records}


def test_without_a_class_list_the_semester_names_the_pupils() -> None:
    def remove(book: Workbook) -> None:
        del book["Danh sach HS"]

    result = read_changed(remove)
    assert (result.errors, len(result.records)) == ((), 45)
