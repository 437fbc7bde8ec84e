"""The outside summaries of grade 8: averages only, three classes, one file for the year and one for each semester."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook.workbook import Workbook

from signing_service.intake.limits import DEFAULT_LIMITS
from signing_service.intake.reading import NamedWorkbook, read_transcripts, read_workbooks
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.intake.workbook import open_workbook
from signing_service.records.canonical import to_json
from signing_service.records.parties import StaffMember
from signing_service.records.transcript import FigureOrigin, Transcript
from tests.intake.test_class_7a import ISSUER, TODAY

_NAME = "so_diem_tong_ket_khoi_8"
_PRINCIPAL = StaffMember(name="Quách Ngọc Xuân", title="Hiệu trưởng")
_SCHOOLS = (KnownSchool(ISSUER, principal=_PRINCIPAL),)


@pytest.fixture(scope="module")
def pupils(shared: Path) -> dict[str, dict[str, Any]]:
    loaded = json.loads((shared / "data" / f"{_NAME}.expected.json").read_text("utf-8"))
    return {p["code"]: p | {"class": c["class"], "teacher": c["homeroom_teacher"]["name"]} for c in loaded["classes"] for p in c["pupils"]}


def _file(shared: Path, suffix: str) -> NamedWorkbook:
    name = f"{_NAME}{suffix}.xls"
    return NamedWorkbook(name, (shared / "data" / name).read_bytes())


def _read(shared: Path, *suffixes: str) -> IntakeResult:
    return read_workbooks([_file(shared, suffix) for suffix in suffixes], schools=_SCHOOLS, today=TODAY)


def _same_year(transcript: Transcript, expected: dict[str, Any]) -> None:
    year, found = expected["year"], to_json(transcript)
    result: Any = found["year"]
    for figure in ("learning", "learning_before_9_3", "conduct"):
        assert result[figure] == year[figure]
    assert result.get("lifted_because_of") == year["lifted_because_of"]
    assert result["absences"] == {k: year["absences"][k] for k in ("with_leave", "without_leave")}
    assert found["promotion"] == year["promotion"]
    assert found.get("title") == year["title"]
    assert {s.code: str(s.year_average) for s in transcript.subjects if s.year_average is not None} == year["averages"]
    assert {s.code: s.year_comment for s in transcript.subjects if s.year_comment is not None} == year["comments"]


def _same_semesters(transcript: Transcript, expected: dict[str, Any]) -> None:
    found = to_json(transcript)
    for period in ("semester_1", "semester_2"):
        result: Any = found[period]
        for figure in ("learning", "learning_before_9_3", "conduct"):
            assert result[figure] == expected[period][figure]
        assert result["absences"] == {k: expected[period]["absences"][k] for k in ("with_leave", "without_leave")}
        figures = {s.code: getattr(s, period) for s in transcript.subjects}
        assert {c: str(f.average) for c, f in figures.items() if f.average is not None} == expected[period]["averages"]
        assert {c: f.comment for c, f in figures.items() if f.comment is not None} == expected[period]["comments"]
        assert {f.origin for f in figures.values()} == {FigureOrigin.TAKEN_OVER}


def test_the_year_alone_is_taken_over_and_says_so(shared: Path, pupils: dict[str, dict[str, Any]]) -> None:
    result = read_transcripts(_file(shared, "").data, schools=_SCHOOLS, today=TODAY)
    assert (len(result.records), result.errors, result.warnings) == (108, (), ())
    for row in result.records:
        transcript, expected = row.transcript, pupils[row.transcript.pupil.code]
        _same_year(transcript, expected)
        assert {s.year_origin for s in transcript.subjects} == {FigureOrigin.TAKEN_OVER}
        assert transcript.year is not None
        assert transcript.year.origin is FigureOrigin.TAKEN_OVER
        assert transcript.semester_1 is transcript.semester_2 is None
        assert all(s.semester_1 is s.semester_2 is None for s in transcript.subjects)


@pytest.mark.parametrize("order", [("", "_hk1", "_hk2"), ("_hk2", "", "_hk1")])
def test_with_both_semesters_the_year_is_computed(shared: Path, pupils: dict[str, dict[str, Any]], order: tuple[str, ...]) -> None:
    result = _read(shared, *order)
    assert (len(result.records), result.errors, result.warnings) == (108, (), ())
    for row in result.records:
        transcript, expected = row.transcript, pupils[row.transcript.pupil.code]
        _same_year(transcript, expected)
        _same_semesters(transcript, expected)
        assert {s.year_origin for s in transcript.subjects} == {FigureOrigin.COMPUTED}
        assert transcript.year is not None
        assert transcript.year.origin is FigureOrigin.COMPUTED


def test_the_semesters_alone_suffice_for_the_year(shared: Path, pupils: dict[str, dict[str, Any]]) -> None:
    result = _read(shared, "_hk1", "_hk2")
    assert (len(result.records), result.errors) == (108, ())
    for row in result.records:
        _same_year(row.transcript, pupils[row.transcript.pupil.code])


@pytest.mark.parametrize("suffix", ["_hk1", "_hk2"])
def test_a_semester_is_never_taken_for_the_year(shared: Path, suffix: str) -> None:
    result = read_transcripts(_file(shared, suffix).data, schools=_SCHOOLS, today=TODAY)
    assert result.records == ()
    assert {e.code for e in result.errors} == {"sheet-missing"}
    assert all("Ca nam" in e.vi for e in result.errors)


def test_everybody_is_in_the_right_class_and_what_the_file_does_not_say_stays_absent(
    shared: Path, pupils: dict[str, dict[str, Any]]
) -> None:
    for row in _read(shared, "", "_hk1", "_hk2").records:
        transcript, expected = row.transcript, pupils[row.transcript.pupil.code]
        pupil = transcript.pupil
        assert (transcript.class_name, transcript.homeroom_teacher.name) == (expected["class"], expected["teacher"])
        assert (pupil.name, pupil.birth_date.isoformat(), pupil.personal_id) == (
            expected["name"],
            expected["birth_date"],
            expected["personal_id"],
        )
        assert (pupil.sex, pupil.ethnicity, pupil.nationality, pupil.father, pupil.commune) == (None,) * 5
        assert transcript.principal == _PRINCIPAL
        assert row.sheet == f"[{_NAME}.xls]{expected['class'].lower()}"


def test_a_principal_whom_nobody_names_is_told(shared: Path) -> None:
    data = _file(shared, "").data
    unregistered = read_transcripts(data)
    assert (len(unregistered.records), unregistered.errors) == (108, ())
    assert {w.code for w in unregistered.warnings} == {"school-not-registered", "principal-missing"}
    registered = read_transcripts(data, schools=(KnownSchool(ISSUER),))
    assert (registered.records, {e.code for e in registered.errors}) == ((), {"principal-missing"})


def test_one_unreadable_file_of_several_refuses_all_and_is_named(shared: Path) -> None:
    result = read_workbooks([_file(shared, ""), NamedWorkbook("b.xls", b"nothing")], schools=_SCHOOLS)
    assert result.records == ()
    assert [(e.sheet, e.code) for e in result.errors] == [("[b.xls]", "workbook-not-xlsx")]


def _side_by_side(shared: Path) -> bytes:
    """One sheet for each class, under every heading HK I, HK II and Cả năm."""
    opened = [open_workbook(_file(shared, suffix).data, DEFAULT_LIMITS) for suffix in ("_hk1", "_hk2", "")]
    book = Workbook()
    book.remove(book.worksheets[0])
    for first, second, year in zip(*opened, strict=True):
        sheet: Any = book.create_sheet(year.name.upper())
        for row in range(1, 5):
            for column, value in year.filled(row):
                sheet.cell(row, column).value = value
        headings = [year.value(6, column) for column in range(1, 20)]
        rows = [{str(s.value(r, 2)): r for r in range(8, s.height + 1)} for s in (first, second, year)]
        for at, heading in enumerate(headings):
            for n, period in enumerate(("HK I", "HK II", "Cả năm")) if at >= 5 else ((0, None),):
                column = at + 1 if at < 5 else 6 + 3 * (at - 5) + n
                sheet.cell(6, column).value, sheet.cell(7, column).value = heading, period
                source = (first, second, year)[n]
                for down, code in enumerate(rows[2]):
                    sheet.cell(8 + down, column).value = source.value(rows[n][code], at + 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_both_semesters_and_the_year_may_stand_side_by_side(shared: Path, pupils: dict[str, dict[str, Any]]) -> None:
    result = read_transcripts(_side_by_side(shared), schools=_SCHOOLS, today=TODAY)
    # Absences were left out, which is told; nobody is kept from moving up by them.
    assert {w.code for w in result.warnings} == {"absences-absent"}
    missed = {code for code, p in pupils.items() if p["year"]["absences"]["total"] > 45}
    assert (len(result.records), result.errors) == (108, ())
    for row in result.records:
        transcript, expected = row.transcript, pupils[row.transcript.pupil.code]
        assert {s.code: str(s.year_average) for s in transcript.subjects if s.year_average is not None} == expected["year"]["averages"]
        assert transcript.year is not None
        assert (transcript.year.learning, transcript.year.conduct) == (expected["year"]["learning"], expected["year"]["conduct"])
        if transcript.pupil.code not in missed:
            assert transcript.promotion.status == expected["year"]["promotion"]["status"]
