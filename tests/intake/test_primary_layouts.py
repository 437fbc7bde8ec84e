"""Primary tables are found by their headings: wording, order, depth and the set of columns may differ from school to school."""

from dataclasses import replace

import pytest

from signing_service.intake.primary.headings import language_of, subject_code, trait_of
from signing_service.intake.primary.kinds import PrimaryKind
from signing_service.records.canonical import transcript_digest
from signing_service.records.primary import AssessmentDate, PrimaryResult, Trait
from signing_service.records.transcript import FigureOrigin, PromotionStatus, Title
from tests.intake.primary_workbook import (
    ENDS,
    HEADINGS,
    IDENTITY,
    LEVELS,
    MARKS,
    SUPPORT,
    TRAITS,
    Columns,
    Layout,
    read,
    trait_group,
    year_columns,
)

_FULL_NAMES = {
    "TV": "Tiếng Việt",
    "TOAN": "Toán",
    "NN1": "Ngoại ngữ 1 (Tiếng Anh)",
    "LSDL": "Lịch sử và Địa lý",
    "KH": "Khoa học",
    "TIN": "Tin học",
    "CN": "Công nghệ",
    "DD": "Đạo đức",
    "GDTC": "Giáo dục thể chất",
    "AN": "Âm nhạc",
    "MT": "Mỹ thuật",
    "HDTN": "Hoạt động trải nghiệm",
}


def _digests(layout: Layout) -> list[str]:
    result = read(layout)
    assert [(e.sheet, e.row, e.column, e.code) for e in result.errors] == []
    return [transcript_digest(row.transcript) for row in result.records]


def _two_rows() -> Columns:
    """Full names with level and mark below, traits under one heading, absences under one heading."""
    subjects: Columns = {}
    for code, levels in LEVELS.items():
        subjects[_FULL_NAMES[code], "Mức đạt được"] = levels
        if code in MARKS:
            subjects[_FULL_NAMES[code], "Điểm"] = MARKS[code]
    traits: Columns = {(trait_group(name), name): ("T", "T", "Đ") for name in TRAITS}
    ends: Columns = {
        ("Số ngày nghỉ", "Có phép"): ENDS["Nghỉ có phép",],
        ("Số ngày nghỉ", "Không phép"): ENDS["Nghỉ không phép",],
        **{path: cells for path, cells in ENDS.items() if not path[0].startswith("Nghỉ")},
    }
    return {**IDENTITY, **traits, **ends, **subjects}


def _one_row() -> Columns:
    """Everything in one heading row: `Tiếng Việt - Mức đạt được`, `Điểm KTĐK Toán`, `Năng lực khoa học`."""
    subjects: Columns = {(f"{_FULL_NAMES[code]} - Mức đạt được",): levels for code, levels in LEVELS.items()}
    marks: Columns = {(f"Điểm KTĐK {_FULL_NAMES[code]}",): cells for code, cells in MARKS.items()}
    traits: Columns = {
        (f"{'Phẩm chất' if trait_group(name) == 'Phẩm chất' else 'Năng lực'} {name.lower()}",): ("T", "T", "Đ") for name in TRAITS
    }
    return {**IDENTITY, **marks, **subjects, **traits, **ENDS}


def _four_rows() -> Columns:
    """Parts of one subject below it, and the competences two headings deep."""
    whole = {"TIN": "Tin học và Công nghệ", "CN": "Tin học và Công nghệ", "AN": "Nghệ thuật", "MT": "Nghệ thuật"}
    subjects: Columns = {}
    for code, levels in LEVELS.items():
        path = ("Các môn học và HĐGD", whole[code], _FULL_NAMES[code]) if code in whole else ("Các môn học và HĐGD", _FULL_NAMES[code])
        subjects[*path, "Mức"] = levels
        if code in MARKS:
            subjects[*path, "KTĐK"] = MARKS[code]
    traits: Columns = {
        (trait_group(name), name) if trait_group(name) == "Phẩm chất" else ("Năng lực cốt lõi", trait_group(name), name): ("T", "T", "Đ")
        for name in TRAITS
    }
    return {**IDENTITY, **subjects, **traits, **ENDS}


def _bare_names() -> Columns:
    """Nothing above the competences: a bare Khoa học to the right of a quality is the competence."""
    columns = year_columns()
    return {((path[-1],) if path[0] in ("Phẩm chất", "Năng lực chung", "Năng lực đặc thù") else path): c for path, c in columns.items()}


def _reversed() -> Columns:
    return dict(reversed(year_columns().items()))


@pytest.mark.parametrize("columns", [_two_rows, _one_row, _four_rows, _bare_names, _reversed])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("numbered", [True, False])
def test_however_the_year_is_laid_out_it_is_the_same_year(columns: object, *, merged: bool, numbered: bool) -> None:
    assert callable(columns)
    assert _digests(replace(Layout(), year=columns(), merged=merged, numbered=numbered)) == _digests(Layout())


def test_the_class_of_these_tests_has_one_pupil_of_each_kind() -> None:
    first, second, third = (row.transcript for row in read(Layout()).records)
    assert (first.primary_year.result, first.title) == (PrimaryResult.EXCELLENT, Title.EXCELLENT)
    assert (second.primary_year.result, second.title) == (PrimaryResult.GOOD, Title.MODEL)
    assert (third.primary_year.result, third.promotion.status) == (PrimaryResult.NOT_COMPLETED, PromotionStatus.PENDING_SUPPORT)
    assert third.final_promotion.status is PromotionStatus.PROMOTED
    assert read(Layout()).warnings == ()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("CN", "TỔNG HỢP, NĂM HỌC 2025 - 2026"),
        ("HK2", "TỔNG HỢP, NĂM HỌC 2025 - 2026"),
        ("CHK2", "TỔNG HỢP, NĂM HỌC 2025 - 2026"),
        ("Trang 3", "TỔNG HỢP CUỐI HỌC KÌ II, NĂM HỌC 2025 - 2026"),
        ("Trang 3", "TỔNG HỢP CẢ NĂM, NĂM HỌC 2025 - 2026"),
        ("Trang 3", "TỔNG HỢP, NĂM HỌC 2025 - 2026"),
    ],
)
def test_the_sheet_of_the_years_end_may_be_called_otherwise(name: str, title: str) -> None:
    assert _digests(replace(Layout(), year_name=name, year_title=title)) == _digests(Layout())


@pytest.mark.parametrize(
    ("name", "title", "when"),
    [
        ("Giua HK1", "TỔNG HỢP", AssessmentDate.MID_SEMESTER_1),
        ("GHKI", "TỔNG HỢP", AssessmentDate.MID_SEMESTER_1),
        ("GK2", "TỔNG HỢP", AssessmentDate.MID_SEMESTER_2),
        ("HK1", "TỔNG HỢP", AssessmentDate.END_SEMESTER_1),
        ("CK1", "TỔNG HỢP", AssessmentDate.END_SEMESTER_1),
        ("Sheet2", "KẾT QUẢ GIỮA HỌC KỲ II", AssessmentDate.MID_SEMESTER_2),
        ("Sheet2", "KẾT QUẢ CUỐI KÌ I", AssessmentDate.END_SEMESTER_1),
    ],
)
def test_earlier_assessments_are_told_by_name_or_title(name: str, title: str, when: AssessmentDate) -> None:
    earlier = {
        **IDENTITY,
        ("Toán", "Mức đạt được"): ("H", "T", ""),
        ("Toán", "Điểm KTĐK"): (7, 8, ""),
        ("Phẩm chất", "Nhân ái"): ("Đ",) * 3,
    }
    result = read(replace(Layout(), more={name: (title, earlier)}))
    assert (result.errors, result.warnings) == ((), ())
    first, _, third = (row.transcript for row in result.records)
    assert [(s.code, [(a.when, a.level, a.test_mark) for a in s.assessments]) for s in first.subjects if s.assessments] == [
        ("TOAN", [(when, "H", 7)])
    ]
    assert [a.when for a in first.primary_year.assessments or ()] == [when]
    assert not any(s.assessments for s in third.subjects)


def test_remarks_are_told_from_levels() -> None:
    remarks: Columns = {**IDENTITY, **{(HEADINGS[code],): ("Nắm vững kiến thức, vận dụng tốt.",) * 3 for code in LEVELS}}
    result = read(replace(Layout(), more={"Nhan xet mon": ("NHẬN XÉT CỦA GIÁO VIÊN, NĂM HỌC 2025 - 2026", remarks)}))
    assert (result.errors, result.warnings) == ((), ())
    assert {s.remark for row in result.records for s in row.transcript.subjects} == {"Nắm vững kiến thức, vận dụng tốt."}


def test_a_second_grade_has_other_subjects_and_a_language_that_is_optional() -> None:
    subjects: Columns = {
        ("Tiếng Việt", "Mức đạt được"): ("T", "T", "H"),
        ("Tiếng Việt", "Điểm KTĐK"): (9, 8, 6),
        ("Toán", "Mức đạt được"): ("T", "T", "H"),
        ("Toán", "Điểm KTĐK"): (10, 8, 5),
        ("Tự nhiên và Xã hội", "Mức đạt được"): ("T", "T", "H"),
        ("Tiếng Anh", "Mức đạt được"): ("T", "", "C"),
        **{(name, "Mức đạt được"): ("T",) * 3 for name in ("Đạo đức", "GDTC", "Nghệ thuật", "HĐTN")},
    }
    traits: Columns = {(trait_group(name), name): ("T", "T", "Đ") for name in TRAITS if name not in ("Công nghệ", "Tin học")}
    year: Columns = {**IDENTITY, **subjects, **traits, ("Kết quả giáo dục",): ("HTXS", "HTT", "HT")}
    born = tuple(f"{day}/05/2018" for day in (1, 2, 3))
    pupils: Columns = {path: born if path == ("Ngày sinh",) else cells for path, cells in Layout().pupils.items()}
    pupils = {path: ("", "", "") if path == ("Số định danh cá nhân",) else cells for path, cells in pupils.items()}
    result = read(Layout(class_line="Khối 2 - Lớp 2C", year=year, pupils=pupils, support=None))
    assert result.errors == ()
    first, second, third = (row.transcript for row in result.records)
    assert [s.code for s in first.subjects] == ["TV", "TOAN", "NN1", "DD", "TNXH", "GDTC", "NT", "HDTN"]
    assert "NN1" not in [s.code for s in second.subjects]
    # C in an optional subject takes no part in the result.
    assert [t.primary_year.result for t in (first, second, third)] == [PrimaryResult.EXCELLENT, PrimaryResult.GOOD, PrimaryResult.COMPLETED]
    assert all(t.primary_year.result_origin is FigureOrigin.COMPUTED for t in (first, second, third))
    assert first.completion is not None
    assert first.completion.statement == "Hoàn thành chương trình lớp 2"


def test_what_the_columns_do_not_suffice_for_is_taken_over_and_says_so() -> None:
    result = read(Layout().without_year("Điểm KTĐK"))
    assert result.errors == ()
    assert {w.code for w in result.warnings} == {"result-not-recomputable"}
    for row in result.records:
        assert row.transcript.primary_year.result_origin is FigureOrigin.TAKEN_OVER
    assert [row.transcript.primary_year.result for row in result.records][:2] == [PrimaryResult.EXCELLENT, PrimaryResult.GOOD]


def test_a_stated_result_better_than_what_the_columns_allow_is_refused_even_when_it_cannot_be_recomputed() -> None:
    without_marks = Layout().without_year("Điểm KTĐK")
    result = read(without_marks.with_year(**{"Kết quả giáo dục": ("HTXS", "HTT", "Hoàn thành")}))
    assert [(e.row, e.code) for e in result.errors] == [(11, "stated-primary-result-differs")]


def test_without_a_result_column_the_result_is_recomputed_and_without_either_it_is_missing() -> None:
    assert _digests(Layout().without_year("Kết quả giáo dục")) == _digests(Layout())
    result = read(Layout().without_year("Kết quả giáo dục", "Điểm KTĐK"))
    assert {e.code for e in result.errors} == {"result-missing"}
    assert result.records == ()


@pytest.mark.parametrize("absent", ["Vượt trội/tiến bộ", "Tập thể lớp công nhận"])
def test_a_title_that_rests_on_a_column_that_is_not_there_is_taken_over(absent: str) -> None:
    result = read(Layout().without_year(absent))
    assert result.errors == ()
    origins = [row.transcript.primary_year.title_origin for row in result.records]
    assert origins == [FigureOrigin.COMPUTED, FigureOrigin.TAKEN_OVER, None]
    assert result.records[1].transcript.title is Title.MODEL


def test_optional_columns_may_be_absent() -> None:
    optional = [path[0] for path in ENDS if path != ("Kết quả giáo dục",)]
    result = read(Layout().without_year(*optional))
    assert (result.errors, len(result.records)) == ((), 3)
    assert all(row.transcript.primary_year.absences is None for row in result.records)


def test_a_missing_sheet_is_named() -> None:
    result = read(replace(Layout(), year_name="Giua HK1", year_title="GIỮA HỌC KỲ 1"))
    assert [(e.code, e.sheet) for e in result.errors] == [("sheet-missing", "")]
    assert PrimaryKind.YEAR.value in result.errors[0].vi


def test_columns_with_one_meaning_are_told() -> None:
    layout = Layout()
    twice = {**layout.year, ("KQ giáo dục",): ("HTXS", "HTT", "CHT")}
    assert [w.code for w in read(replace(layout, year=twice)).warnings] == ["heading-doubled"]


def test_subjects_and_traits_are_known_by_full_names_and_abbreviations() -> None:
    for code, spellings in {
        "TV": ("TV", "Tiếng Việt", "T.Việt"),
        "LSDL": ("LS&ĐL", "Lịch sử và Địa lí", "Lịch sử & Địa lý"),
        "TNXH": ("TN&XH", "Tự nhiên và Xã hội", "TNXH"),
        "TIN": ("Tin", "Tin học và Công nghệ (Tin học)", "TH-CN (Tin học)"),
        "CN": ("C.nghệ", "Công nghệ", "TH&CN (Công nghệ)"),
        "THCN": ("Tin học và Công nghệ", "TH&CN"),
        "MT": ("M.thuật", "Mĩ thuật", "Nghệ thuật (Mĩ thuật)"),
        "HDTN": ("HĐTN", "Hoạt động trải nghiệm"),
        "TDT": ("T.Ê đê", "Tiếng dân tộc", "Tiếng dân tộc (Tiếng Ê Đê)"),
    }.items():
        for spelling in spellings:
            assert subject_code(spelling) == code, spelling
    assert trait_of("Năng lực thẩm mỹ") is Trait.AESTHETICS
    assert trait_of("Phẩm chất chăm chỉ") is Trait.DILIGENCE
    assert (language_of("T.Ê đê"), language_of("Ngoại ngữ 1 (Tiếng Anh)"), language_of("Toán")) == ("Tiếng Ê Đê", "Tiếng Anh", None)


def test_extra_help_may_name_its_columns_otherwise() -> None:
    renamed = {
        {"Môn": "Môn học/HĐGD", "Điểm KT lại": "Điểm kiểm tra lại", "Hiệu trưởng quyết định": "Quyết định của hiệu trưởng"}.get(
            p[0], p[0]
        ): c
        for p, c in SUPPORT.items()
    }
    assert _digests(replace(Layout(), support={(name,): cells for name, cells in renamed.items()})) == _digests(Layout())


def test_two_parts_of_a_subject_may_stand_as_one() -> None:
    whole = {"Tin": "TH&CN", "Â.nhạc": "Nghệ thuật"}
    columns: Columns = {}
    for path, cells in year_columns().items():
        if not {"C.nghệ", "M.thuật"} & set(path):
            columns[tuple(whole.get(text, text) for text in path)] = cells
    result = read(replace(Layout(), year=columns))
    assert (result.errors, result.warnings) == ((), ())
    assert {"THCN", "NT"} <= {s.code for s in result.records[0].transcript.subjects}
    assert all(row.transcript.primary_year.result_origin is FigureOrigin.COMPUTED for row in result.records)


def test_other_words_mean_the_same() -> None:
    words = {
        "Mức đạt được": "Mức",
        "Điểm KTĐK": "Điểm số",
        "Môn học và hoạt động giáo dục": "CÁC MÔN HỌC",
        "Phẩm chất": "Phẩm chất chủ yếu",
        "Tự chủ và tự học": "TC-TH",
        "Giao tiếp và hợp tác": "GT-HT",
        "Giải quyết vấn đề và sáng tạo": "GQVĐ-ST",
        "Nghỉ có phép": "Số buổi nghỉ có phép",
        "Nghỉ không phép": "Số buổi nghỉ không phép",
        "Kết quả giáo dục": "Đánh giá KQGD",
        "Khen thưởng": "Danh hiệu khen thưởng",
        "Hoàn thành chương trình lớp học": "HTCT lớp học",
        "Nhận xét của GVCN": "Nhận xét của giáo viên",
    }
    columns: Columns = {tuple(words.get(text, text) for text in path): cells for path, cells in year_columns().items()}
    assert _digests(replace(Layout(), year=columns)) == _digests(Layout())
