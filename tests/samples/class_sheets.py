"""The sheets that a class of any level has: its pupils, who teaches what, and what the teachers remarked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.samples.people import SamplePupil, hamlet, parents, policy
from tests.samples.sheets import HEADING_ROW, Letterhead, day_cell, row


@dataclass(frozen=True, slots=True)
class SampleSubject:
    """One subject of a class; `regular` counts the regular assessments of a semester, None in primary school."""

    code: str
    name: str
    heading: str
    periods: int
    regular: int | None
    scored: bool


@dataclass(frozen=True, slots=True)
class MoreColumns:
    """Columns that one level has after the shared ones on the list of pupils."""

    headings: tuple[str, ...] = ()
    cells: tuple[tuple[object, ...], ...] = ()
    """One tuple a pupil."""


def pupil_sheet(book: Workbook, head: Letterhead, pupils: Sequence[SamplePupil], more: MoreColumns | None = None) -> None:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Danh sach HS"
    head.write(sheet, "DANH SÁCH HỌC SINH", "Cả năm")
    first = "STT|Mã học sinh|Số định danh cá nhân|Họ và tên|Ngày sinh|Giới tính|Dân tộc|Quốc tịch|Nơi sinh"
    then = "Quê quán|Thôn/buôn/TDP|Xã/phường|Tỉnh|Họ tên cha|Nghề nghiệp cha|Họ tên mẹ|Nghề nghiệp mẹ|Người giám hộ"
    last = "Diện chính sách|Số đăng bộ|Trạng thái"
    row(sheet, HEADING_ROW, (*f"{first}|{then}|{last}".split("|"), *(more.headings if more else ())), bold=True)
    cohort = head.cohort
    issuer = cohort.sample.issuer
    for number, pupil in enumerate(pupils, start=1):
        cells: tuple[object, ...] = (
            number,
            cohort.pupil_code(number),
            cohort.personal_id(number, pupil),
            pupil.name,
            day_cell(cohort.birth_date(number)),
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
            cohort.register_number(number),
            "Đang học",
        )
        row(sheet, HEADING_ROW + number, (*cells, *(more.cells[number - 1] if more else ())))
        sheet.cell(HEADING_ROW + number, 5).number_format = "dd/mm/yyyy"
    head.sign_below(sheet, HEADING_ROW + len(pupils) + 2)


def assignment_sheet(book: Workbook, head: Letterhead, subjects: Sequence[SampleSubject]) -> None:
    sheet = book.create_sheet("Phan cong GV")
    head.write(sheet, "PHÂN CÔNG GIẢNG DẠY", "Cả năm")
    headings = "STT|Môn học/HĐGD|Số tiết/năm|Hình thức đánh giá|Số ĐĐGtx/học kỳ|Mã định danh CBGVNV|Giáo viên"
    row(sheet, HEADING_ROW, headings.split("|"), bold=True)
    for number, subject in enumerate(subjects, start=1):
        teacher = head.cohort.sample.teachers[subject.code]
        how = "Nhận xét + điểm số" if subject.scored else "Nhận xét"
        row(sheet, HEADING_ROW + number, (number, subject.name, subject.periods, how, subject.regular, teacher.code, teacher.name))


def remark_sheet(
    book: Workbook,
    head: Letterhead,
    pupils: Sequence[SamplePupil],
    subjects: Sequence[SampleSubject],
    remarks: Sequence[Mapping[str, str]],
) -> None:
    """Remarks of the subject teachers; `remarks` holds one mapping a pupil, without the subjects that the pupil does not take."""
    sheet = book.create_sheet("Nhan xet mon")
    head.write(sheet, "NHẬN XÉT CỦA GIÁO VIÊN MÔN HỌC", "Cả năm")
    row(sheet, HEADING_ROW, ["STT", "Mã học sinh", "Họ và tên", *(s.heading for s in subjects)], bold=True)
    for number, (pupil, of_pupil) in enumerate(zip(pupils, remarks, strict=True), start=1):
        cells = (number, head.cohort.pupil_code(number), pupil.name, *(of_pupil.get(s.code) for s in subjects))
        row(sheet, HEADING_ROW + number, cells)
