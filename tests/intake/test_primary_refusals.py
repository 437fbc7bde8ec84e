"""What contradicts, is missing or makes no sense in a primary sheet is named by its cell, and only that pupil is refused."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from signing_service.intake.result import IntakeResult
from signing_service.records.primary import PrimaryResult, Trait, TraitLevel
from signing_service.records.transcript import PromotionStatus, Title
from tests.intake.primary_workbook import CODES, SUPPORT, Cell, Columns, Layout, read, year_columns

_COLUMNS = {path: number for number, path in enumerate(year_columns(), start=1)}
_ROWS = (9, 10, 11)
"""The three pupils below three rows of headings."""
_TODAYS_SUPPORT = {path[0]: cells[0] for path, cells in SUPPORT.items()}


def _letters(number: int) -> str:
    return chr(ord("A") + number - 1) if number <= 26 else "A" + chr(ord("A") + number - 27)


def _with(path: tuple[str, ...], pupil: int, value: str | float | None) -> Layout:
    """One cell of the year's sheet changed."""
    columns = year_columns()
    columns[path] = tuple(value if number == pupil else cell for number, cell in enumerate(columns[path]))
    return Layout(year=columns)


def _support(*rows: Mapping[str, Cell]) -> Columns:
    full = [{**_TODAYS_SUPPORT, **row} for row in rows]
    return {(name,): tuple(row[name] for row in full) for name in _TODAYS_SUPPORT}


def _refused(result: IntakeResult) -> list[str]:
    issued = {row.transcript.pupil.code for row in result.records}
    return [code for code in CODES if code not in issued]


_SUBJECTS = "Môn học và hoạt động giáo dục"


@pytest.mark.parametrize(
    ("path", "pupil", "value", "code"),
    [
        ((_SUBJECTS, "Toán", "Mức đạt được"), 0, "Đ", "subject-level-invalid"),
        ((_SUBJECTS, "Toán", "Mức đạt được"), 0, None, "subject-level-missing"),
        ((_SUBJECTS, "Toán", "Điểm KTĐK"), 0, None, "test-mark-missing"),
        ((_SUBJECTS, "Toán", "Điểm KTĐK"), 0, 8.5, "test-mark-not-whole"),
        ((_SUBJECTS, "Toán", "Điểm KTĐK"), 0, "8,5", "test-mark-not-whole"),
        ((_SUBJECTS, "Toán", "Điểm KTĐK"), 0, 11, "mark-out-of-range"),
        ((_SUBJECTS, "Toán", "Điểm KTĐK"), 0, -1, "mark-out-of-range"),
        ((_SUBJECTS, "Toán", "Điểm KTĐK"), 0, "vắng", "mark-not-a-number"),
        (("Phẩm chất", "Chăm chỉ"), 0, "H", "trait-level-invalid"),
        (("Phẩm chất", "Chăm chỉ"), 0, None, "trait-level-missing"),
        (("Kết quả giáo dục",), 0, "Giỏi", "primary-result-invalid"),
        (("Kết quả giáo dục",), 0, "Hoàn thành tốt", "stated-primary-result-differs"),
        (("Kết quả giáo dục",), 2, "Hoàn thành", "stated-primary-result-differs"),
        (("Khen thưởng",), 0, "Học sinh Tiêu biểu", "stated-primary-title-differs"),
        (("Khen thưởng",), 0, "Học sinh Giỏi", "stated-primary-title-differs"),
        (("Khen thưởng",), 2, "Học sinh Xuất sắc", "stated-primary-title-differs"),
        (("Khen thưởng",), 2, "Học sinh Tiên tiến", "stated-primary-title-differs"),
        (("Vượt trội/tiến bộ",), 1, None, None),
        (("Tập thể lớp công nhận",), 1, "có thể", "tick-invalid"),
        (("Hoàn thành chương trình lớp học",), 0, "Chưa hoàn thành", "stated-completion-differs"),
        (("Nghỉ có phép",), 0, "nhiều", "absence-not-a-number"),
    ],
)
def test_one_wrong_cell_refuses_one_pupil_and_is_named(
    path: tuple[str, ...], pupil: int, value: str | float | None, code: str | None
) -> None:
    result = read(_with(path, pupil, value))
    # A Tiêu biểu that nothing speaks for is named at the title, not at the blank proposal.
    column = _COLUMNS[path] if code else _COLUMNS["Khen thưởng",]
    found = {(e.sheet, e.row, e.column, e.code) for e in result.errors}
    assert found == {("Cuoi nam", _ROWS[pupil], _letters(column), code or "stated-primary-title-differs")}
    assert _refused(result) == [CODES[pupil]]


def test_every_error_of_a_row_is_named() -> None:
    columns = year_columns()
    columns[_SUBJECTS, "TV", "Điểm KTĐK"] = ("9,5", 8, 6)
    columns[_SUBJECTS, "HĐTN", "Mức đạt được"] = ("X", "T", "T")
    columns["Phẩm chất", "Yêu nước"] = ("?", "T", "Đ")
    result = read(Layout(year=columns))
    assert {e.code for e in result.errors} == {"test-mark-not-whole", "subject-level-invalid", "trait-level-invalid"}
    assert _refused(result) == [CODES[0]]


@pytest.mark.parametrize(
    ("path", "pupil", "value", "code"),
    [
        (("Khen thưởng",), 0, None, "title-not-stated"),
        (("Khen thưởng",), 2, "Thư khen: giúp đỡ bạn khuyết tật", "award-kept"),
        (("Hoàn thành chương trình lớp học",), 0, None, "completion-not-stated"),
        ((_SUBJECTS, "TV", "Điểm KTĐK"), 2, 4, "mark-below-level"),
    ],
)
def test_what_can_be_taken_is_taken_and_told(path: tuple[str, ...], pupil: int, value: str | float | None, code: str) -> None:
    result = read(_with(path, pupil, value))
    assert result.errors == ()
    assert [(w.row, w.column, w.code) for w in result.warnings if w.sheet == "Cuoi nam"] == [(_ROWS[pupil], _letters(_COLUMNS[path]), code)]
    assert len(result.records) == 3


def test_an_award_that_is_no_title_is_kept_as_it_is_written() -> None:
    result = read(_with(("Khen thưởng",), 2, "Thư khen: giúp đỡ bạn"))
    third = result.records[2].transcript
    assert (third.title, third.other_awards) == (None, "Thư khen: giúp đỡ bạn")


@pytest.mark.parametrize(
    ("spelling", "level"), [("t", "T"), ("Hoàn thành tốt", "T"), ("HTT", "T"), (" h ", "H"), ("Chưa hoàn thành", "C"), ("CHT", "C")]
)
def test_levels_may_be_written_in_full(spelling: str, level: str) -> None:
    result = read(_with((_SUBJECTS, "TV", "Mức đạt được"), 2, spelling))
    marks = {s.code: s.level for s in result.records[-1].transcript.subjects} if len(result.records) == 3 else {}
    assert marks.get("TV") == level


def test_a_class_that_does_not_agree_gives_no_title() -> None:
    layout = Layout().with_year(**{"Tập thể lớp công nhận": ("", "", ""), "Khen thưởng": ("Học sinh Xuất sắc", "", "")})
    result = read(layout)
    assert (result.errors, result.warnings) == ((), ())
    assert [row.transcript.title for row in result.records] == [Title.EXCELLENT, None, None]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([{"Mức đạt được": None}], [("E", "result-missing")]),
        ([{"Điểm KT lại": None}], [("F", "test-mark-missing")]),
        ([{"Điểm KT lại": "6,5"}], [("F", "test-mark-not-whole")]),
        ([{"Môn": "Tiếng Việt"}], [("D", "retest-not-due")]),
        ([{"Môn": "Vật lí"}], [("D", "retest-subject-unknown")]),
        ([{}, {}], []),
        ([{}, {"Điểm KT lại": 7}], [("D", "retest-doubled")]),
        ([{"Hiệu trưởng quyết định": "Ở lại lớp"}], [("H", "decision-contradicts")]),
        ([{"Hiệu trưởng quyết định": "Xem xét"}], [("H", "decision-invalid")]),
        ([{"Mã học sinh": CODES[0], "Họ và tên": "H'Mẫu Một Niê"}], [(None, "support-not-due")]),
    ],
)
def test_what_is_wrong_with_extra_help_is_named(rows: list[dict[str, Cell]], errors: list[tuple[str | None, str]]) -> None:
    result = read(replace(Layout(), support=_support(*rows)))
    if rows == [{}, {}]:
        errors = [("D", "retest-doubled")]
    assert [(e.column, e.code) for e in result.errors if e.sheet == "Danh gia bo sung"] == errors
    assert len(result.records) == 2


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ("Lên lớp", PromotionStatus.PROMOTED_BY_PRINCIPAL),
        ("Được lên lớp", PromotionStatus.PROMOTED_BY_PRINCIPAL),
        ("Ở lại lớp", PromotionStatus.NOT_PROMOTED),
        ("Lưu ban", PromotionStatus.NOT_PROMOTED),
    ],
)
def test_the_principal_decides_about_whoever_has_still_not_completed_the_grade(decision: str, status: PromotionStatus) -> None:
    support = _support({"Mức đạt được": "C", "Điểm KT lại": 3, "Hiệu trưởng quyết định": decision})
    result = read(replace(Layout(), support=support))
    assert result.errors == ()
    third = result.records[2].transcript
    assert third.final_promotion.status is status
    assert third.primary_year.result is PrimaryResult.NOT_COMPLETED
    assert third.completion is not None
    assert third.completion.grade_completed is False


def test_without_a_decision_the_year_stays_open_aloud() -> None:
    result = read(replace(Layout(), support=_support({"Mức đạt được": "C", "Điểm KT lại": 3})))
    assert [w.code for w in result.warnings] == ["support-incomplete"]
    third = result.records[2].transcript
    assert third.primary_year.after_reassessment is None
    assert third.final_promotion.status is PromotionStatus.PENDING_SUPPORT
    assert [s.reassessed_test_mark for s in third.subjects if s.reassessed_level] == []


def test_decisions_that_differ_are_refused() -> None:
    rows: tuple[Mapping[str, Cell], ...] = (
        {"Mức đạt được": "C", "Điểm KT lại": 3, "Hiệu trưởng quyết định": "Lên lớp"},
        {"Môn": "", "Hiệu trưởng quyết định": "Ở lại lớp"},
    )
    result = read(replace(Layout(), support=_support(*rows)))
    assert [(e.row, e.column, e.code) for e in result.errors] == [(8, "H", "decisions-differ")]


def test_a_quality_may_be_assessed_again() -> None:
    columns = year_columns()
    columns["Phẩm chất", "Chăm chỉ"] = ("T", "T", "C")
    rows: tuple[Mapping[str, Cell], ...] = ({}, {"Môn": "Phẩm chất chăm chỉ", "Mức đạt được": "Đ", "Điểm KT lại": ""})
    result = read(replace(Layout(year=columns), support=_support(*rows)))
    assert result.errors == ()
    third = result.records[2].transcript.primary_year
    assert third.support_traits == (Trait.DILIGENCE,)
    assert third.after_reassessment is not None
    assert third.after_reassessment.result is PrimaryResult.COMPLETED
    assert [(t.trait, t.level) for t in third.after_reassessment.traits or ()] == [(Trait.DILIGENCE, TraitLevel.PASSED)]


def test_a_pupil_without_a_row_at_the_years_end_is_refused_and_named() -> None:
    columns = {path: cells[:2] for path, cells in year_columns().items()}
    result = read(replace(Layout(year=columns), support=None))
    assert [(e.sheet, e.code) for e in result.errors] == [("Danh sach HS", "missing-in-sheet")]
    assert _refused(result) == [CODES[2]]


def test_no_finding_names_a_child() -> None:
    result = read(_with((_SUBJECTS, "Toán", "Điểm KTĐK"), 0, "H'Mẫu Một Niê"))
    assert result.errors
    assert not any("Mẫu Một" in text or CODES[0] in text for e in result.errors for text in (e.vi, e.en))
