"""The sheets of a primary class: four assessments, the last of them the year's end, and đánh giá bổ sung."""

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.records.primary import (
    GENERAL_COMPETENCES,
    QUALITIES,
    SPECIFIC_COMPETENCES,
    AssessmentDate,
    PrimaryResult,
    PrimarySubjectLevel,
    Trait,
)
from signing_service.records.rules.primary_results import PrimaryFigure
from tests.samples.class_sheets import MoreColumns, SampleSubject, assignment_sheet, pupil_sheet, remark_sheet
from tests.samples.primary_years import Assessment, PrimaryClass, PrimaryYearOf, is_tested, years_of
from tests.samples.sheets import HEADING_ROW, Letterhead, day_cell, identity, identity_headings, merged, row

_EARLIER: Final = (
    ("Giua HK1", "Giữa học kỳ 1", AssessmentDate.MID_SEMESTER_1),
    ("Cuoi HK1", "Cuối học kỳ 1", AssessmentDate.END_SEMESTER_1),
    ("Giua HK2", "Giữa học kỳ 2", AssessmentDate.MID_SEMESTER_2),
)
_TRAIT_NAMES: Final = MappingProxyType(
    {
        Trait.PATRIOTISM: "Yêu nước",
        Trait.KINDNESS: "Nhân ái",
        Trait.DILIGENCE: "Chăm chỉ",
        Trait.HONESTY: "Trung thực",
        Trait.RESPONSIBILITY: "Trách nhiệm",
        Trait.AUTONOMY_AND_SELF_STUDY: "Tự chủ và tự học",
        Trait.COMMUNICATION_AND_COOPERATION: "Giao tiếp và hợp tác",
        Trait.PROBLEM_SOLVING_AND_CREATIVITY: "Giải quyết vấn đề và sáng tạo",
        Trait.LANGUAGE: "Ngôn ngữ",
        Trait.CALCULATION: "Tính toán",
        Trait.SCIENCE: "Khoa học",
        Trait.TECHNOLOGY: "Công nghệ",
        Trait.INFORMATICS: "Tin học",
        Trait.AESTHETICS: "Thẩm mĩ",
        Trait.PHYSICAL: "Thể chất",
    }
)
_TRAIT_GROUPS: Final = (("Phẩm chất", QUALITIES), ("Năng lực chung", GENERAL_COMPETENCES), ("Năng lực đặc thù", SPECIFIC_COMPETENCES))
_YEAR_COLUMNS: Final = (
    "Nghỉ có phép",
    "Nghỉ không phép",
    "Kết quả giáo dục",
    "Vượt trội/tiến bộ",
    "Tập thể lớp công nhận",
    "Khen thưởng",
    "Hoàn thành chương trình lớp học",
    "Nhận xét phẩm chất",
    "Nhận xét năng lực chung",
    "Nhận xét năng lực đặc thù",
    "Nhận xét của GVCN",
)
_TITLE: Final = "BẢNG TỔNG HỢP KẾT QUẢ ĐÁNH GIÁ GIÁO DỤC"
_REMARKS: Final = MappingProxyType(
    {
        PrimaryResult.EXCELLENT: ("Yêu trường lớp, biết nghĩ cho bạn.", "Tự giác, mạnh dạn.", "Tính nhanh, đọc hay.", "Học chắc, hay hỏi."),
        PrimaryResult.GOOD: ("Thật thà, có trách nhiệm.", "Hợp tác tốt với bạn.", "Khéo tay, vẽ đẹp.", "Chăm học, ngoan ngoãn."),
        PrimaryResult.COMPLETED: ("Lễ phép với thầy cô.", "Cần mạnh dạn hơn.", "Cần luyện tính nhẩm.", "Có cố gắng, đọc trôi chảy hơn."),
        PrimaryResult.NOT_COMPLETED: ("Hiền, biết vâng lời.", "Cần chủ động hơn.", "Cần kèm tính toán.", "Cần ôn tập thêm trong hè."),
    }
)
"""On qualities, general and specific competences, and the whole year."""
_SUBJECT_REMARKS: Final = MappingProxyType(
    {
        PrimarySubjectLevel.COMPLETED_WELL: "Nắm chắc bài, vận dụng tốt.",
        PrimarySubjectLevel.COMPLETED: "Nắm được bài, cần luyện thêm.",
        PrimarySubjectLevel.NOT_COMPLETED: "Chưa chắc kiến thức, cần được kèm thêm.",
    }
)
_HELPED_MARK: Final = 6
_SUPPORT_DAY: Final = date(2026, 6, 18)


def primary_workbook(of_class: PrimaryClass) -> Workbook:
    """All sheets of the class."""
    years, people = years_of(of_class), [pupil.person for pupil in of_class.pupils]
    head = Letterhead(of_class.cohort, of_class.authority, len(people))
    book = Workbook()
    sizes = tuple((118 + y.number * 7 % 15, 20 + y.number * 11 % 90 / 10) for y in years)
    pupil_sheet(book, head, people, MoreColumns(("Chiều cao (cm)", "Cân nặng (kg)"), sizes))
    assignment_sheet(book, head, of_class.subjects)
    for name, period, when in _EARLIER:
        sheet = book.create_sheet(name)
        head.write(sheet, f"{_TITLE} {period.upper()}", period)
        _headings(sheet, of_class, when, ("Nhận xét của GVCN",))
        for year in years:
            _pupil_row(sheet, of_class, year, when, (_remark(year, when),))
        head.sign_below(sheet, HEADING_ROW + len(years) + 4)
    _year_sheet(book, head, of_class, years)
    remarks = [{code: _SUBJECT_REMARKS[figure.level] for code, figure in year.end.figures.items()} for year in years]
    remark_sheet(book, head, people, of_class.subjects, remarks)
    _support_sheet(book, head, of_class, years)
    return book


def _year_sheet(book: Workbook, head: Letterhead, of_class: PrimaryClass, years: Sequence[PrimaryYearOf]) -> None:
    sheet = book.create_sheet("Cuoi nam")
    head.write(sheet, f"{_TITLE} CUỐI NĂM", "Cuối năm")
    _headings(sheet, of_class, None, _YEAR_COLUMNS)
    for year in years:
        outstanding = year.pupil.outstanding
        ends = (
            year.number * 2 % 5,
            year.number % 7 // 6,
            year.result.value,
            outstanding,
            "x" if outstanding else None,
            year.title.value if year.title else None,
            "x" if year.completed else None,
            *_REMARKS[year.result],
        )
        _pupil_row(sheet, of_class, year, None, ends)
    sheet.freeze_panes = f"E{HEADING_ROW + 3}"
    head.sign_below(sheet, HEADING_ROW + len(years) + 4)


def _support_sheet(book: Workbook, head: Letterhead, of_class: PrimaryClass, years: Sequence[PrimaryYearOf]) -> None:
    sheet = book.create_sheet("Danh gia bo sung")
    head.write(sheet, "ĐÁNH GIÁ BỔ SUNG SAU HƯỚNG DẪN, GIÚP ĐỠ", "Cuối năm")
    headings = "STT|Mã học sinh|Họ và tên|Môn|Mức đạt được|Điểm KT lại|Ngày|Hiệu trưởng quyết định"
    row(sheet, HEADING_ROW, headings.split("|"), bold=True)
    heading = next(s.heading for s in of_class.subjects if s.code == of_class.weak)
    for number, year in enumerate((y for y in years if not y.completed), start=1):
        who = (number, of_class.cohort.pupil_code(year.number), year.pupil.person.name)
        level = PrimarySubjectLevel.COMPLETED.value
        row(sheet, HEADING_ROW + number, (*who, heading, level, _HELPED_MARK, day_cell(_SUPPORT_DAY), None))
        sheet.cell(HEADING_ROW + number, 7).number_format = "dd/mm/yyyy"


def _headings(sheet: Worksheet, of_class: PrimaryClass, when: AssessmentDate | None, ends: Sequence[str]) -> None:
    top = HEADING_ROW
    first = column = identity_headings(sheet, top + 2)
    for subject in of_class.subjects:
        parts = ("Mức đạt được", "Điểm KTĐK") if is_tested(subject, when) else ("Mức đạt được",)
        row(sheet, top + 2, parts, bold=True, first=column)
        column = merged(sheet, subject.heading, column, (top + 1, top + 1), column + len(parts) - 1)
    merged(sheet, "Môn học và hoạt động giáo dục", first, (top, top), column - 1)
    for group, traits in _TRAIT_GROUPS:
        merged(sheet, group, column, (top, top), column + len(traits) - 1)
        for trait in traits:
            column = merged(sheet, _TRAIT_NAMES[trait], column, (top + 1, top + 2))
    for text in ends:
        column = merged(sheet, text, column, (top, top + 2))


def _pupil_row(sheet: Worksheet, of_class: PrimaryClass, year: PrimaryYearOf, when: AssessmentDate | None, ends: Sequence[object]) -> None:
    found = _assessment(year, when)
    cells: list[object] = list(identity(of_class.cohort, year.number, year.pupil.person))
    for subject in of_class.subjects:
        cells += _figure_cells(subject, found.figures.get(subject.code), when)
    cells += [found.traits[trait].value for _, traits in _TRAIT_GROUPS for trait in traits]
    row(sheet, HEADING_ROW + 2 + year.number, (*cells, *ends))


def _figure_cells(subject: SampleSubject, figure: PrimaryFigure | None, when: AssessmentDate | None) -> list[object]:
    level = figure.level.value if figure else None
    return [level, figure.test_mark if figure else None] if is_tested(subject, when) else [level]


def _assessment(year: PrimaryYearOf, when: AssessmentDate | None) -> Assessment:
    return year.end if when is None else year.earlier[when]


def _remark(year: PrimaryYearOf, when: AssessmentDate) -> str:
    needs_help = any(figure.level is PrimarySubjectLevel.NOT_COMPLETED for figure in year.earlier[when].figures.values())
    return "Cần được kèm thêm mỗi ngày." if needs_help else "Đi học chuyên cần, tiến bộ đều."
