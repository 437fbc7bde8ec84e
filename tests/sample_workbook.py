"""Makes the shipped sample workbook, cell by cell, with our own rules; `python -m tests.sample_workbook` writes the file anew."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.records.rules.averages import semester_average, semester_comment, year_average
from signing_service.records.rules.conduct import conduct_of_year
from signing_service.records.rules.levels import SubjectFigure, learning_result
from signing_service.records.rules.promotion import promotion_of_year
from signing_service.records.rules.titles import title_of_year
from signing_service.records.transcript import CommentLevel, CommentMarks, Level, Promotion, PromotionStatus, ScoredMarks, Title
from signing_service.sample import SAMPLE_HOMEROOM_TEACHER, SAMPLE_ISSUER, SAMPLE_PRINCIPAL, SAMPLE_STAFF
from tests.sample_people import PUPILS, Profile, SamplePupil, birth_date, hamlet, parents, personal_id, policy, pupil_code

SHIPPED = Path(__file__).resolve().parents[1] / "signing_service" / "sample" / "lop-7B.xlsx"

_NOTICE = "(DỮ LIỆU MẪU TỰ ĐẶT ĐỂ DÙNG THỬ - KHÔNG CÓ NGƯỜI THẬT)"
_HEADING_ROW = 6
_CONDUCTS = {"T": Level.GOOD, "K": Level.FAIR, "Đ": Level.PASSED, "C": Level.NOT_PASSED}
_NOTES = {
    PromotionStatus.PROMOTED: "Lên lớp",
    PromotionStatus.NOT_PROMOTED: "Ở lại lớp",
    PromotionStatus.PENDING_RETEST: "Đánh giá lại",
    PromotionStatus.PENDING_SUMMER_CONDUCT: "Rèn luyện hè",
}


@dataclass(frozen=True, slots=True)
class _Subject:
    code: str
    name: str
    heading: str
    periods: int
    regular: int
    scored: bool
    teacher: int


_SUBJECTS = (
    _Subject("TOAN", "Toán", "Toán", 140, 4, True, 1),
    _Subject("LSDL", "Lịch sử và Địa lí", "LS&ĐL", 105, 4, True, 2),
    _Subject("KHTN", "Khoa học tự nhiên", "KHTN", 140, 4, True, 3),
    _Subject("TIN", "Tin học", "Tin", 35, 2, True, 4),
    _Subject("NV", "Ngữ văn", "Văn", 140, 4, True, 5),
    _Subject("NN1", "Ngoại ngữ 1 (Tiếng Anh)", "Ng.ngữ", 105, 4, True, 6),
    _Subject("GDCD", "Giáo dục công dân", "GDCD", 35, 2, True, 2),
    _Subject("CN", "Công nghệ", "C.nghệ", 35, 2, True, 4),
    _Subject("GDTC", "Giáo dục thể chất", "GDTC", 70, 2, False, 8),
    _Subject("NT", "Nghệ thuật", "Nghệ thuật", 70, 2, False, 7),
    _Subject("GDDP", "Nội dung giáo dục của địa phương", "NDGDCĐP", 35, 2, False, 9),
    _Subject("TNHN", "Hoạt động trải nghiệm, hướng nghiệp", "HĐTN&HN", 105, 2, False, 1),
)
_WEAK = {
    Profile.RETEST_PASSED: ("KHTN", "NN1", "CN"),
    Profile.RETEST_FAILED: ("TOAN", "LSDL", "NV", "NN1"),
    Profile.ONE_SUBJECT_LOW: ("NN1",),
}
_RETESTS = {
    Profile.RETEST_PASSED: (("KHTN", "6.0"), ("NN1", "5.5"), ("CN", "5.0")),
    Profile.RETEST_FAILED: (("TOAN", "4.0"), ("LSDL", "5.0"), ("NV", "3.5"), ("NN1", "4.5")),
}
_SWING = (3, -5, 8, -2, 5, -7, 0, 2, -4, 6, -3)
_YEAR_REMARKS = {
    Level.GOOD: "Tự giác, sáng tạo trong học tập; biết giúp đỡ bạn bè.",
    Level.FAIR: "Học đều các môn, chấp hành tốt nội quy; cần mạnh dạn phát biểu hơn.",
    Level.PASSED: "Có cố gắng; cần luyện tập thêm ở nhà để chắc kiến thức.",
    Level.NOT_PASSED: "Kiến thức còn hổng; cần ôn tập trong hè cùng sự giúp đỡ của gia đình.",
}


@dataclass(frozen=True, slots=True)
class _Semester:
    marks: tuple[ScoredMarks | CommentMarks, ...]
    figures: tuple[SubjectFigure, ...]
    learning: Level
    conduct: Level
    with_leave: int
    without_leave: int


@dataclass(frozen=True, slots=True)
class _Year:
    number: int
    pupil: SamplePupil
    semesters: tuple[_Semester, _Semester]
    figures: tuple[SubjectFigure, ...]
    learning: Level
    conduct: Level
    title: Title | None
    promotion: Promotion


def sample_workbook() -> Workbook:
    """The workbook of class 7B."""
    years = [_year(number, pupil) for number, pupil in enumerate(PUPILS, start=1)]
    book = Workbook()
    _pupil_sheet(book, years)
    _assignment_sheet(book)
    for semester in (1, 2):
        _semester_sheet(book, years, semester)
    _year_sheet(book, years)
    _remark_sheet(book, years)
    _summer_sheet(book, [y for y in years if y.promotion.status not in (PromotionStatus.PROMOTED, PromotionStatus.NOT_PROMOTED)])
    return book


def workbook_bytes(book: Workbook) -> bytes:
    """The `.xlsx` file, with no time of making in it, so that the same workbook gives the same bytes."""
    buffer, stable = io.BytesIO(), io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(made.namelist()):
            content = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>2026-06-01T00:00:00Z", made.read(name))
            kept.writestr(zipfile.ZipInfo(name, (2026, 6, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stable.getvalue()


def _year(number: int, pupil: SamplePupil) -> _Year:
    first, second = (_semester(number, pupil, semester) for semester in (1, 2))
    figures = tuple(
        SubjectFigure(one.code, year_average(one.average, two.average), None)
        if one.average is not None and two.average is not None
        else SubjectFigure(one.code, None, two.comment)
        for one, two in zip(first.figures, second.figures, strict=True)
    )
    learning, conduct = learning_result(figures).level, conduct_of_year(first.conduct, second.conduct)
    missed = first.with_leave + first.without_leave + second.with_leave + second.without_leave
    promotion = promotion_of_year(learning, conduct, missed, figures)
    return _Year(number, pupil, (first, second), figures, learning, conduct, title_of_year(learning, conduct, figures), promotion)


def _semester(number: int, pupil: SamplePupil, semester: int) -> _Semester:
    marks = tuple(_marks(number, pupil, subject, semester) for subject in _SUBJECTS)
    figures = tuple(
        SubjectFigure(s.code, semester_average(m), None) if isinstance(m, ScoredMarks) else SubjectFigure(s.code, None, semester_comment(m))
        for s, m in zip(_SUBJECTS, marks, strict=True)
    )
    conducts = {Profile.SUMMER_CONDUCT: "TC", Profile.PASSED: "KT", Profile.RETEST_FAILED: "KK"}.get(pupil.profile, "TT")
    with_leave, without_leave = (14, 10) if pupil.profile is Profile.ABSENT else ((number + semester) % 4, number % 3 % 2)
    return _Semester(marks, figures, learning_result(figures).level, _CONDUCTS[conducts[semester - 1]], with_leave, without_leave)


def _marks(number: int, pupil: SamplePupil, subject: _Subject, semester: int) -> ScoredMarks | CommentMarks:
    place = _SUBJECTS.index(subject)
    if not subject.scored:
        passed, failed = CommentLevel.PASSED, CommentLevel.NOT_PASSED
        slips = pupil.profile is Profile.PASSED and number % 9 == 4 and subject.code == "NT"
        return CommentMarks((passed, passed), passed, failed if slips else passed)
    base = pupil.profile.value - 12 * (semester == 1 and pupil.profile is Profile.RETEST_PASSED)
    if subject.code in _WEAK.get(pupil.profile, ()):
        base = 36 + 2 * (place % 3)
    entered = [_mark(base + _SWING[(number * 3 + place * 5 + semester * 2 + turn) % len(_SWING)]) for turn in range(subject.regular + 2)]
    return ScoredMarks(tuple(entered[:-2]), entered[-2], entered[-1])


def _mark(tenths: int) -> Decimal:
    """To the quarter marks that teachers give: .0, .3, .5, .8; at most 10."""
    whole, rest = divmod(min(tenths, 100), 10)
    return Decimal(whole * 10 + max(step for step in (0, 3, 5, 8) if step <= rest)) / 10


def _pupil_sheet(book: Workbook, years: Sequence[_Year]) -> None:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Danh sach HS"
    _head(sheet, "DANH SÁCH HỌC SINH", "Cả năm")
    headings = "STT|Mã học sinh|Số định danh cá nhân|Họ và tên|Ngày sinh|Giới tính|Dân tộc|Quốc tịch|Nơi sinh"
    more = "Quê quán|Thôn/buôn/TDP|Xã/phường|Tỉnh|Họ tên cha|Nghề nghiệp cha|Họ tên mẹ|Nghề nghiệp mẹ|Người giám hộ"
    last = "Diện chính sách|Số đăng bộ|Trạng thái"
    _row(sheet, _HEADING_ROW, f"{headings}|{more}|{last}".split("|"), bold=True)
    issuer = SAMPLE_ISSUER
    for row, year in enumerate(years, start=_HEADING_ROW + 1):
        number, pupil = year.number, year.pupil
        born = birth_date(number)
        _row(
            sheet,
            row,
            (
                number,
                pupil_code(number),
                personal_id(number, pupil),
                pupil.name,
                datetime(born.year, born.month, born.day),  # noqa: DTZ001 - a date cell has no time zone
                pupil.sex,
                pupil.ethnicity,
                "Việt Nam",
                f"{issuer.commune}, {issuer.province}",
                f"{issuer.commune}, {issuer.province}",
                hamlet(number),
                issuer.commune,
                issuer.province,
                *parents(number, pupil),
                None,
                policy(number),
                f"07/{number + 60:04d}",
                "Đang học",
            ),
        )
        sheet.cell(row, 5).number_format = "dd/mm/yyyy"
    _foot(sheet, _HEADING_ROW + len(years) + 2)


def _assignment_sheet(book: Workbook) -> None:
    sheet = book.create_sheet("Phan cong GV")
    _head(sheet, "PHÂN CÔNG GIẢNG DẠY", "Cả năm")
    _row(
        sheet,
        _HEADING_ROW,
        ["STT", "Môn học/HĐGD", "Số tiết/năm", "Hình thức đánh giá", "Số ĐĐGtx/học kỳ", "Mã định danh CBGVNV", "Giáo viên"],
        bold=True,
    )
    for number, subject in enumerate(_SUBJECTS, start=1):
        teacher = SAMPLE_STAFF[subject.teacher]
        how = "Nhận xét + điểm số" if subject.scored else "Nhận xét"
        _row(sheet, _HEADING_ROW + number, (number, subject.name, subject.periods, how, subject.regular, teacher.code, teacher.name))


def _semester_sheet(book: Workbook, years: Sequence[_Year], semester: int) -> None:
    sheet = book.create_sheet(f"Hoc ki {semester}")
    _head(sheet, f"SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH HỌC KỲ {semester}", f"Học kỳ {semester}")
    column = _identity_headings(sheet, _HEADING_ROW + 2)
    for subject in _SUBJECTS:
        column = _subject_headings(sheet, subject, column)
    for text in ("Kết quả học tập", "Kết quả rèn luyện"):
        column = _merged(sheet, text, column, (_HEADING_ROW, _HEADING_ROW + 2))
    column = _absence_headings(sheet, column, _HEADING_ROW + 2)
    for text in ("Nhận xét của GVCN", "Ghi chú"):
        column = _merged(sheet, text, column, (_HEADING_ROW, _HEADING_ROW + 2))
    for row, year in enumerate(years, start=_HEADING_ROW + 3):
        of = year.semesters[semester - 1]
        cells: list[object] = list(_identity(year))
        for subject, marks, figure in zip(_SUBJECTS, of.marks, of.figures, strict=True):
            comma = subject.code == "NV" and semester == 1
            entered = (*marks.regular, marks.midterm, marks.final)
            cells += [_written(mark, comma=comma) for mark in entered]
            cells.append(_written(figure.average if figure.average is not None else figure.comment))
        cells += [of.learning.value, of.conduct.value, of.with_leave or None, of.without_leave or None, of.with_leave + of.without_leave]
        cells += [_semester_remark(of.learning, semester), None]
        _row(sheet, row, cells)
    sheet.freeze_panes = f"E{_HEADING_ROW + 3}"
    _foot(sheet, _HEADING_ROW + len(years) + 4)


def _year_sheet(book: Workbook, years: Sequence[_Year]) -> None:
    sheet = book.create_sheet("Ca nam")
    _head(sheet, "BẢNG TỔNG HỢP KẾT QUẢ GIÁO DỤC CẢ NĂM", "Cả năm")
    column = _identity_headings(sheet, _HEADING_ROW + 1)
    for subject in _SUBJECTS:
        _row(sheet, _HEADING_ROW, (subject.heading,), bold=True, first=column)
        _row(sheet, _HEADING_ROW + 1, ("(HS 1)" if subject.scored else "(N.xét)",), bold=True, first=column)
        column += 1
    for text in ("Kết quả học tập", "Kết quả rèn luyện", "Đánh giá lại"):
        column = _merged(sheet, text, column, (_HEADING_ROW, _HEADING_ROW + 1))
    column = _absence_headings(sheet, column, _HEADING_ROW + 1)
    for text in ("Danh hiệu", "Ghi chú", "Nhận xét của GVCN"):
        column = _merged(sheet, text, column, (_HEADING_ROW, _HEADING_ROW + 1))
    headings = {subject.code: subject.heading for subject in _SUBJECTS}
    for row, year in enumerate(years, start=_HEADING_ROW + 2):
        cells: list[object] = list(_identity(year))
        cells += [_written(f.average if f.average is not None else f.comment) for f in year.figures]
        with_leave = sum(s.with_leave for s in year.semesters)
        without_leave = sum(s.without_leave for s in year.semesters)
        cells += [year.learning.value, year.conduct.value, ", ".join(headings[c] for c in year.promotion.retest_subjects) or None]
        cells += [with_leave or None, without_leave or None, with_leave + without_leave]
        cells += [year.title.value if year.title else None, _NOTES[year.promotion.status], _YEAR_REMARKS[year.learning]]
        _row(sheet, row, cells)
    _foot(sheet, _HEADING_ROW + len(years) + 3)


def _remark_sheet(book: Workbook, years: Sequence[_Year]) -> None:
    sheet = book.create_sheet("Nhan xet mon")
    _head(sheet, "NHẬN XÉT CỦA GIÁO VIÊN MÔN HỌC", "Cả năm")
    _row(sheet, _HEADING_ROW, ["STT", "Mã học sinh", "Họ và tên", *(s.heading for s in _SUBJECTS)], bold=True)
    for row, year in enumerate(years, start=_HEADING_ROW + 1):
        _row(sheet, row, [year.number, pupil_code(year.number), year.pupil.name, *map(_subject_remark, year.figures)])


def _summer_sheet(book: Workbook, years: Sequence[_Year]) -> None:
    sheet = book.create_sheet("Danh gia lai")
    _head(sheet, "KẾT QUẢ ĐÁNH GIÁ LẠI VÀ RÈN LUYỆN TRONG KÌ NGHỈ HÈ", "Cả năm")
    headings = "STT|Mã học sinh|Họ và tên|Môn đánh giá lại|Kết quả cả năm|Kết quả đánh giá lại|Rèn luyện trong hè|Ngày|Ghi chú"
    _row(sheet, _HEADING_ROW, headings.split("|"), bold=True)
    day = datetime(2026, 8, 4)  # noqa: DTZ001 - a date cell has no time zone
    rows: list[tuple[object, ...]] = []
    for year in years:
        who = (pupil_code(year.number), year.pupil.name)
        averages = {f.code: f.average for f in year.figures}
        for code, result in _RETESTS.get(year.pupil.profile, ()):
            heading = next(s.heading for s in _SUBJECTS if s.code == code)
            rows.append((*who, heading, _written(averages[code], comma=True), _written(Decimal(result)), None, day))
        if year.conduct is Level.NOT_PASSED:
            rows.append((*who, None, year.conduct.value, None, Level.PASSED.value, day))
    for number, cells in enumerate(rows, start=1):
        _row(sheet, _HEADING_ROW + number, (number, *cells))
        sheet.cell(_HEADING_ROW + number, 8).number_format = "dd/mm/yyyy"


def _identity(year: _Year) -> tuple[object, ...]:
    born = birth_date(year.number).strftime("%d/%m/%Y")
    return (year.number, pupil_code(year.number), personal_id(year.number, year.pupil), year.pupil.name, born)


def _written(figure: Decimal | CommentLevel | None, *, comma: bool = False) -> object:
    if isinstance(figure, Decimal):
        return str(figure).replace(".", ",") if comma else float(figure)
    return figure.value if figure else None


def _semester_remark(level: Level, semester: int) -> str:
    advice = {
        Level.GOOD: "tiếp tục phát huy",
        Level.FAIR: "cần chủ động hơn",
        Level.PASSED: "cần luyện tập thêm",
        Level.NOT_PASSED: "cần được kèm thêm",
    }
    return f"Học kì {'I' if semester == 1 else 'II'} tham gia đầy đủ các hoạt động; {advice[level]}."


def _subject_remark(figure: SubjectFigure) -> str:
    if figure.average is None:
        return "Hoàn thành các nội dung." if figure.comment is CommentLevel.PASSED else "Cần luyện tập thêm."
    for least, text in ((Decimal(9), "Nắm chắc kiến thức, vận dụng sáng tạo."), (Decimal("6.5"), "Nắm được kiến thức, làm bài cẩn thận.")):
        if figure.average >= least:
            return text
    return "Có cố gắng, cần ôn tập thêm." if figure.average >= 5 else "Còn hổng kiến thức, cần được kèm thêm."


def _head(sheet: Worksheet, title: str, period: str) -> None:
    _row(sheet, 1, (f"ỦY BAN NHÂN DÂN {SAMPLE_ISSUER.commune.upper()}",))
    _row(sheet, 2, (SAMPLE_ISSUER.school_name.upper(),))
    _row(sheet, 3, (_NOTICE,))
    lines = (
        f"{title}, NĂM HỌC 2025 - 2026",
        f"Khối 7 - Lớp 7B - ({period})",
        f"Giáo viên chủ nhiệm: {SAMPLE_HOMEROOM_TEACHER.name}",
        "Sĩ số: 45",
    )
    for row, text in enumerate(lines, start=1):
        _row(sheet, row, (text,), first=8)
    for letter, width in zip("ABCDE", (5, 13, 15, 30, 12), strict=True):
        sheet.column_dimensions[letter].width = width


def _foot(sheet: Worksheet, row: int) -> None:
    _row(sheet, row, (f"Danh sách này có {len(PUPILS)} học sinh.",), first=2)
    _row(sheet, row + 1, (f"{SAMPLE_ISSUER.place_of_issue}, ngày 28 tháng 5 năm 2026",), first=8)
    for offset, teacher, principal in ((2, "GIÁO VIÊN CHỦ NHIỆM", "HIỆU TRƯỞNG"), (5, SAMPLE_HOMEROOM_TEACHER.name, SAMPLE_PRINCIPAL.name)):
        _row(sheet, row + offset, (teacher,), first=2)
        _row(sheet, row + offset, (principal,), first=8)


def _identity_headings(sheet: Worksheet, bottom: int) -> int:
    column = 1
    for text in ("STT", "Mã học sinh", "Số định danh cá nhân", "Họ và tên", "Ngày sinh"):
        column = _merged(sheet, text, column, (_HEADING_ROW, bottom))
    return column


def _subject_headings(sheet: Worksheet, subject: _Subject, column: int) -> int:
    top = _HEADING_ROW
    last = column + subject.regular + 2
    _merged(sheet, subject.heading, column, (top, top), last)
    _merged(sheet, "ĐĐGtx", column, (top + 1, top + 1), column + subject.regular - 1)
    _row(sheet, top + 2, range(1, subject.regular + 1), bold=True, first=column)
    for offset, text in enumerate(("ĐĐGgk", "ĐĐGck", "ĐTBmhk" if subject.scored else "KQ")):
        _merged(sheet, text, column + subject.regular + offset, (top + 1, top + 2))
    return last + 1


def _absence_headings(sheet: Worksheet, column: int, bottom: int) -> int:
    _merged(sheet, "Buổi nghỉ", column, (_HEADING_ROW, _HEADING_ROW), column + 2)
    for offset, text in enumerate(("P", "K", "Tổng")):
        _merged(sheet, text, column + offset, (_HEADING_ROW + 1, bottom))
    return column + 3


def _merged(sheet: Worksheet, text: str, column: int, rows: tuple[int, int], last: int | None = None) -> int:
    top, bottom = rows
    _row(sheet, top, (text,), bold=True, first=column)
    if bottom > top or (last or column) > column:
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=last or column)
    return (last or column) + 1


def _row(sheet: Worksheet, row: int, values: Iterable[object], *, bold: bool = False, first: int = 1) -> None:
    thin = Side(style="thin")
    for column, value in enumerate(values, start=first):
        cell = sheet.cell(row, column)
        cell.value = value  # type: ignore[assignment]  # the stubs narrow cell values more than openpyxl does
        if bold:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if row >= _HEADING_ROW and value is not None:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        if bold and len(str(value)) > 12 and row == _HEADING_ROW:
            sheet.column_dimensions[get_column_letter(column)].width = 18


if __name__ == "__main__":
    SHIPPED.write_bytes(workbook_bytes(sample_workbook()))
