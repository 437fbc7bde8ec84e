"""The sheets of a secondary class: both semesters, the year, and what was assessed again in the summer."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.records.rules.levels import SubjectFigure
from signing_service.records.transcript import CommentLevel, Level, PromotionStatus
from tests.samples.class_sheets import SampleSubject, assignment_sheet, pupil_sheet, remark_sheet
from tests.samples.secondary_years import SecondaryClass, Year, years_of
from tests.samples.sheets import HEADING_ROW, Letterhead, day_cell, identity, identity_headings, merged, row, written

_NOTES = {
    PromotionStatus.PROMOTED: "Lên lớp",
    PromotionStatus.NOT_PROMOTED: "Ở lại lớp",
    PromotionStatus.PENDING_RETEST: "Đánh giá lại",
    PromotionStatus.PENDING_SUMMER_CONDUCT: "Rèn luyện hè",
}
_YEAR_REMARKS = {
    Level.GOOD: "Tự giác, sáng tạo trong học tập; biết giúp đỡ bạn bè.",
    Level.FAIR: "Học đều các môn, chấp hành tốt nội quy; cần mạnh dạn phát biểu hơn.",
    Level.PASSED: "Có cố gắng; cần luyện tập thêm ở nhà để chắc kiến thức.",
    Level.NOT_PASSED: "Kiến thức còn hổng; cần ôn tập trong hè cùng sự giúp đỡ của gia đình.",
}
_ADVICE = {
    Level.GOOD: "tiếp tục phát huy",
    Level.FAIR: "cần chủ động hơn",
    Level.PASSED: "cần luyện tập thêm",
    Level.NOT_PASSED: "cần được kèm thêm",
}
_DECIDED = (PromotionStatus.PROMOTED, PromotionStatus.NOT_PROMOTED)
_ELECTIVES = 4


def secondary_workbook(of_class: SecondaryClass) -> Workbook:
    """All sheets of the class."""
    years, people = years_of(of_class), [pupil.person for pupil in of_class.pupils]
    head = Letterhead(of_class.cohort, of_class.authority, len(people))
    book = Workbook()
    pupil_sheet(book, head, people)
    assignment_sheet(book, head, of_class.subjects)
    if of_class.electives:
        _elective_sheet(book, head, of_class)
    for semester in (1, 2):
        _semester_sheet(book, head, of_class, years, semester)
    _year_sheet(book, head, of_class, years)
    remarks = [{code: _subject_remark(figure) for code, figure in year.figures.items()} for year in years]
    remark_sheet(book, head, people, of_class.subjects, remarks)
    _summer_sheet(book, head, of_class, [y for y in years if y.promotion.status not in _DECIDED])
    return book


def _elective_sheet(book: Workbook, head: Letterhead, of_class: SecondaryClass) -> None:
    sheet = book.create_sheet("Mon lua chon")
    head.write(sheet, "DANH SÁCH HỌC SINH CHỌN MÔN", "Cả năm")
    numbered = [f"Môn LC {place}" for place in range(1, _ELECTIVES + 1)]
    row(sheet, HEADING_ROW, ["STT", "Mã học sinh", "Họ và tên", *numbered, "Môn tự chọn"], bold=True)
    headings = _headings(of_class.subjects)
    for number, pupil in enumerate(of_class.pupils, start=1):
        who = (number, of_class.cohort.pupil_code(number), pupil.person.name)
        row(sheet, HEADING_ROW + number, (*who, *(headings[code] for code in pupil.chosen)))


def _semester_sheet(book: Workbook, head: Letterhead, of_class: SecondaryClass, years: Sequence[Year], semester: int) -> None:
    sheet = book.create_sheet(f"Hoc ki {semester}")
    head.write(sheet, f"SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH HỌC KỲ {semester}", f"Học kỳ {semester}")
    column = identity_headings(sheet, HEADING_ROW + 2)
    for subject in of_class.subjects:
        column = _subject_headings(sheet, subject, column)
    for text in ("Kết quả học tập", "Kết quả rèn luyện"):
        column = merged(sheet, text, column, (HEADING_ROW, HEADING_ROW + 2))
    column = _absence_headings(sheet, column, HEADING_ROW + 2)
    for text in ("Nhận xét của GVCN", "Ghi chú"):
        column = merged(sheet, text, column, (HEADING_ROW, HEADING_ROW + 2))
    for line, year in enumerate(years, start=HEADING_ROW + 3):
        of = year.semesters[semester - 1]
        cells: list[object] = list(identity(of_class.cohort, year.number, year.pupil.person))
        for subject in of_class.subjects:
            cells += _mark_cells(year, subject, semester)
        cells += [of.learning.value, of.conduct.value, of.with_leave or None, of.without_leave or None, of.with_leave + of.without_leave]
        cells += [_semester_remark(of.learning, semester), None]
        row(sheet, line, cells)
    sheet.freeze_panes = f"E{HEADING_ROW + 3}"
    head.sign_below(sheet, HEADING_ROW + len(years) + 4)


def _mark_cells(year: Year, subject: SampleSubject, semester: int) -> list[object]:
    of = year.semesters[semester - 1]
    if subject.code not in of.marks:
        return [None] * _width(subject)
    marks, figure = of.marks[subject.code], of.figures[subject.code]
    comma = subject.code == "NV" and semester == 1
    cells = [written(mark, comma=comma) for mark in (*marks.regular, marks.midterm, marks.final)]
    return [*cells, _figure_cell(figure)]


def _year_sheet(book: Workbook, head: Letterhead, of_class: SecondaryClass, years: Sequence[Year]) -> None:
    sheet = book.create_sheet("Ca nam")
    head.write(sheet, "BẢNG TỔNG HỢP KẾT QUẢ GIÁO DỤC CẢ NĂM", "Cả năm")
    column = identity_headings(sheet, HEADING_ROW + 1)
    for subject in of_class.subjects:
        row(sheet, HEADING_ROW, (subject.heading,), bold=True, first=column)
        row(sheet, HEADING_ROW + 1, ("(HS 1)" if subject.scored else "(N.xét)",), bold=True, first=column)
        column += 1
    for text in ("Kết quả học tập", "Kết quả rèn luyện", "Đánh giá lại"):
        column = merged(sheet, text, column, (HEADING_ROW, HEADING_ROW + 1))
    column = _absence_headings(sheet, column, HEADING_ROW + 1)
    for text in ("Danh hiệu", "Ghi chú", "Nhận xét của GVCN"):
        column = merged(sheet, text, column, (HEADING_ROW, HEADING_ROW + 1))
    headings = _headings(of_class.subjects)
    for line, year in enumerate(years, start=HEADING_ROW + 2):
        cells: list[object] = list(identity(of_class.cohort, year.number, year.pupil.person))
        cells += [_figure_cell(year.figures.get(s.code)) for s in of_class.subjects]
        with_leave = sum(s.with_leave for s in year.semesters)
        without_leave = sum(s.without_leave for s in year.semesters)
        cells += [year.learning.value, year.conduct.value, ", ".join(headings[c] for c in year.promotion.retest_subjects) or None]
        cells += [with_leave or None, without_leave or None, with_leave + without_leave]
        cells += [year.title.value if year.title else None, _NOTES[year.promotion.status], _YEAR_REMARKS[year.learning]]
        row(sheet, line, cells)
    head.sign_below(sheet, HEADING_ROW + len(years) + 3)


def _summer_sheet(book: Workbook, head: Letterhead, of_class: SecondaryClass, years: Sequence[Year]) -> None:
    sheet = book.create_sheet("Danh gia lai")
    head.write(sheet, "KẾT QUẢ ĐÁNH GIÁ LẠI VÀ RÈN LUYỆN TRONG KÌ NGHỈ HÈ", "Cả năm")
    headings = "STT|Mã học sinh|Họ và tên|Môn đánh giá lại|Kết quả cả năm|Kết quả đánh giá lại|Rèn luyện trong hè|Ngày|Ghi chú"
    row(sheet, HEADING_ROW, headings.split("|"), bold=True)
    day, names = day_cell(date(2026, 8, 4)), _headings(of_class.subjects)
    rows: list[tuple[object, ...]] = []
    for year in years:
        who = (of_class.cohort.pupil_code(year.number), year.pupil.person.name)
        for code, result in of_class.retests.get(year.pupil.profile, ()):
            before = written(year.figures[code].average, comma=True)
            rows.append((*who, names[code], before, written(Decimal(result)), None, day))
        if year.conduct is Level.NOT_PASSED:
            rows.append((*who, None, year.conduct.value, None, Level.PASSED.value, day))
    for number, cells in enumerate(rows, start=1):
        row(sheet, HEADING_ROW + number, (number, *cells))
        sheet.cell(HEADING_ROW + number, 8).number_format = "dd/mm/yyyy"


def _headings(subjects: Sequence[SampleSubject]) -> Mapping[str, str]:
    return {subject.code: subject.heading for subject in subjects}


def _figure_cell(figure: SubjectFigure | None) -> object:
    return None if figure is None else written(figure.average if figure.average is not None else figure.comment)


def _semester_remark(level: Level, semester: int) -> str:
    return f"Học kì {'I' if semester == 1 else 'II'} tham gia đầy đủ các hoạt động; {_ADVICE[level]}."


def _subject_remark(figure: SubjectFigure) -> str:
    if figure.average is None:
        return "Hoàn thành các nội dung." if figure.comment is CommentLevel.PASSED else "Cần luyện tập thêm."
    for least, text in ((Decimal(9), "Nắm chắc kiến thức, vận dụng sáng tạo."), (Decimal("6.5"), "Nắm được kiến thức, làm bài cẩn thận.")):
        if figure.average >= least:
            return text
    return "Có cố gắng, cần ôn tập thêm." if figure.average >= 5 else "Còn hổng kiến thức, cần được kèm thêm."


def _width(subject: SampleSubject) -> int:
    """How many columns a semester sheet gives to the subject: its assessments and the result."""
    assert subject.regular is not None
    return subject.regular + 3


def _subject_headings(sheet: Worksheet, subject: SampleSubject, column: int) -> int:
    top, regular = HEADING_ROW, _width(subject) - 3
    last = column + regular + 2
    merged(sheet, subject.heading, column, (top, top), last)
    merged(sheet, "ĐĐGtx", column, (top + 1, top + 1), column + regular - 1)
    row(sheet, top + 2, range(1, regular + 1), bold=True, first=column)
    for offset, text in enumerate(("ĐĐGgk", "ĐĐGck", "ĐTBmhk" if subject.scored else "KQ")):
        merged(sheet, text, column + regular + offset, (top + 1, top + 2))
    return last + 1


def _absence_headings(sheet: Worksheet, column: int, bottom: int) -> int:
    merged(sheet, "Buổi nghỉ", column, (HEADING_ROW, HEADING_ROW), column + 2)
    for offset, text in enumerate(("P", "K", "Tổng")):
        merged(sheet, text, column + offset, (HEADING_ROW + 1, bottom))
    return column + 3
