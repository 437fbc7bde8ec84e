"""The outside class 7A: every pupil comes in, and every figure of every transcript is the expected one."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from signing_service.ids import SchoolCode
from signing_service.intake.reading import read_transcripts
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.records.canonical import to_json, transcript_digest
from signing_service.records.parties import Issuer
from signing_service.records.rules.averages import rounded_mark
from signing_service.records.transcript import CommentLevel, FigureOrigin, Transcript

TODAY = date(2026, 11, 24)

ISSUER = Issuer(
    department_code="99",
    department_name="Sở Giáo dục và Đào tạo Đắk Lắk",
    school_code=SchoolCode("99000701"),
    school_name="Trường TH&THCS Hoa Pơ Lang",
    commune="Xã Ea Drông",
    province="Tỉnh Đắk Lắk",
    place_of_issue="Ea Drông",
)


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((shared / "data" / "thcs-lop-7A.expected.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def imported(shared: Path) -> IntakeResult:
    data = (shared / "data" / "thcs-lop-7A.xlsx").read_bytes()
    return read_transcripts(data, schools=(KnownSchool(ISSUER),), today=TODAY)


def same_transcript(transcript: Transcript, pupil: dict[str, Any]) -> None:
    """Every figure that the outside material states about a pupil."""
    found = to_json(transcript)
    for period in ("semester_1", "semester_2", "year"):
        of_period: Any = found[period]
        for figure in ("learning", "learning_before_9_3", "conduct"):
            assert of_period[figure] == pupil[period][figure], (period, figure)
        assert of_period.get("lifted_because_of") == pupil[period]["lifted_because_of"]
        absences = pupil[period]["absences"]
        assert of_period["absences"] == {k: absences[k] for k in ("with_leave", "without_leave")}
    assert (transcript.title.value if transcript.title else None) == pupil["year"]["title"]
    promotion: Any = found["promotion"]
    assert promotion == pupil["year"]["promotion"]
    _same_subjects(transcript, pupil)
    remarks = pupil["remarks"]
    assert (transcript.remarks.semester_1, transcript.remarks.semester_2) == (remarks["semester_1"].strip(), remarks["semester_2"].strip())
    assert transcript.remarks.year == remarks["year"]


def _same_subjects(transcript: Transcript, pupil: dict[str, Any]) -> None:
    for subject in transcript.subjects:
        assert subject.year_origin is FigureOrigin.COMPUTED
        for period, semester in (("semester_1", subject.semester_1), ("semester_2", subject.semester_2)):
            assert semester is not None
            assert semester.marks is not None
            of_kind = pupil["marks"][period]["scores" if semester.comment is None else "comments"][subject.code]
            assert [str(rounded_mark(m)) if isinstance(m, Decimal) else m.value for m in semester.marks.regular] == [
                _mark(m) for m in of_kind["regular"]
            ]
            stated = pupil[period]["averages"].get(subject.code) or pupil[period]["comments"].get(subject.code)
            assert _figure(semester.average, semester.comment) == stated
        year = pupil["year"]
        assert _figure(subject.year_average, subject.year_comment) == (
            year["averages"].get(subject.code) or year["comments"].get(subject.code)
        )
        assert subject.remark == pupil["remarks"]["subjects"].get(subject.code)


def _mark(text: str) -> str:
    return text if text in ("Đ", "CĐ") else str(rounded_mark(Decimal(text)))


def _figure(average: Decimal | None, comment: CommentLevel | None) -> str | None:
    if average is not None:
        return str(average)
    return comment.value if comment else None


def test_every_pupil_comes_in_without_an_error(imported: IntakeResult) -> None:
    assert len(imported.records) == 45
    assert imported.errors == ()
    assert imported.warnings == ()


def test_every_figure_is_the_expected_one(imported: IntakeResult, expected: dict[str, Any]) -> None:
    pupils = {p["code"]: p for p in expected["pupils"]}
    for row in imported.records:
        same_transcript(row.transcript, pupils[row.transcript.pupil.code])


def test_everybody_is_who_the_class_list_says(imported: IntakeResult, expected: dict[str, Any]) -> None:
    for row, pupil in zip(imported.records, expected["pupils"], strict=True):
        found = row.transcript.pupil
        assert (found.code, found.name, found.sex, found.birth_date.isoformat()) == (
            pupil["code"],
            pupil["name"],
            pupil["sex"],
            pupil["birth_date"],
        )
        assert (found.personal_id, found.ethnicity, found.nationality) == (pupil["personal_id"], pupil["ethnicity"], pupil["nationality"])
        assert (found.birth_place, found.home_town, found.hamlet) == (pupil["birth_place"], pupil["home_town"], pupil["hamlet"])
        assert (found.commune, found.province) == (pupil["commune"], pupil["province"])
        assert (found.father.name if found.father else None) == pupil["father"]
        assert (found.mother.occupation if found.mother else None) == pupil["mother_job"]
        assert (found.policy_category, found.register_number) == (pupil["policy"], pupil["register_no"])
        assert row.row == 6 + pupil["stt"]


def test_the_summer_decides_the_year_again(imported: IntakeResult, expected: dict[str, Any]) -> None:
    pupils = {p["code"]: p.get("after_summer") for p in expected["pupils"]}
    decided = 0
    for row in imported.records:
        summer, wanted = row.transcript.after_summer, pupils[row.transcript.pupil.code]
        if wanted is None:
            assert summer is None
            continue
        assert summer is not None
        decided += 1
        promotion = summer.promotion
        assert (summer.learning.value, summer.conduct.value) == (wanted["learning"], wanted["conduct"])
        assert (promotion.status.value, promotion.label) == (wanted["status"], wanted["label"])
        assert summer.reassessed_on == date(2026, 8, 5)
        retests = {s.code: _figure(s.reassessed_mark, s.reassessed_comment) for s in row.transcript.subjects}
        assert {code: value for code, value in retests.items() if value} == wanted["retests"]
    assert decided == 7


def test_teachers_and_signatories_are_those_of_the_workbook(imported: IntakeResult, expected: dict[str, Any]) -> None:
    first = imported.records[0].transcript
    assert (first.homeroom_teacher.name, first.homeroom_teacher.code) == (
        expected["homeroom_teacher"]["name"],
        expected["homeroom_teacher"]["code"],
    )
    assert first.principal.name == expected["principal"]["name"]
    teachers = {s.code: (s.teacher.name, s.teacher.code) for s in first.subjects if s.teacher}
    assert teachers == {code: (t["name"], t["code"]) for code, t in expected["subject_teachers"].items()}


def test_the_same_file_twice_gives_the_same_digests(shared: Path, imported: IntakeResult) -> None:
    again = read_transcripts((shared / "data" / "thcs-lop-7A.xlsx").read_bytes(), schools=(KnownSchool(ISSUER),), today=TODAY)
    assert [transcript_digest(r.transcript) for r in again.records] == [transcript_digest(r.transcript) for r in imported.records]


def test_without_the_register_the_school_is_named_and_nothing_else_is_missing(shared: Path) -> None:
    alone = read_transcripts((shared / "data" / "thcs-lop-7A.xlsx").read_bytes())
    assert len(alone.records) == 45
    assert [f.code for f in alone.warnings] == ["school-not-registered"]
