"""The cells that all sheets share: head, foot, headings, rows; and the file that they become."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from signing_service.records.transcript import CommentLevel
from signing_service.sample import SampleClass
from tests.samples.people import Cohort, SamplePupil

HEADING_ROW = 6

_SHIPPED = Path(__file__).resolve().parents[2] / "signing_service" / "sample"
_NOTICE = "(DỮ LIỆU MẪU TỰ ĐẶT ĐỂ DÙNG THỬ - KHÔNG CÓ NGƯỜI THẬT)"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands above and below every table of a class."""

    cohort: Cohort
    authority: str
    size: int

    def write(self, sheet: Worksheet, title: str, period: str) -> None:
        """Rows 1 to 4."""
        sample = self.cohort.sample
        row(sheet, 1, (self.authority,))
        row(sheet, 2, (sample.issuer.school_name.upper(),))
        row(sheet, 3, (_NOTICE,))
        lines = (
            f"{title}, NĂM HỌC 2025 - 2026",
            f"Khối {self.cohort.grade} - Lớp {sample.class_name} - ({period})",
            f"Giáo viên chủ nhiệm: {sample.homeroom_teacher.name}",
            f"Sĩ số: {self.size}",
        )
        for line, text in enumerate(lines, start=1):
            row(sheet, line, (text,), first=8)
        for letter, width in zip("ABCDE", (5, 13, 15, 30, 12), strict=True):
            sheet.column_dimensions[letter].width = width

    def sign_below(self, sheet: Worksheet, top: int) -> None:
        """A count, place and date, and two signature blocks."""
        sample = self.cohort.sample
        row(sheet, top, (f"Danh sách này có {self.size} học sinh.",), first=2)
        row(sheet, top + 1, (f"{sample.issuer.place_of_issue}, ngày 28 tháng 5 năm 2026",), first=8)
        for offset, teacher, principal in (
            (2, "GIÁO VIÊN CHỦ NHIỆM", "HIỆU TRƯỞNG"),
            (5, sample.homeroom_teacher.name, sample.principal.name),
        ):
            row(sheet, top + offset, (teacher,), first=2)
            row(sheet, top + offset, (principal,), first=8)


def identity_headings(sheet: Worksheet, bottom: int) -> int:
    """The five columns that every sheet of marks begins with, and the number of the next one."""
    column = 1
    for text in ("STT", "Mã học sinh", "Số định danh cá nhân", "Họ và tên", "Ngày sinh"):
        column = merged(sheet, text, column, (HEADING_ROW, bottom))
    return column


def identity(cohort: Cohort, number: int, pupil: SamplePupil) -> tuple[object, ...]:
    """The cells below them; the birth date is text there."""
    born = cohort.birth_date(number).strftime("%d/%m/%Y")
    return (number, cohort.pupil_code(number), cohort.personal_id(number, pupil), pupil.name, born)


def merged(sheet: Worksheet, text: str, column: int, rows: tuple[int, int], last: int | None = None) -> int:
    """A heading over `rows` and the columns from `column` to `last`; returns the next column."""
    top, bottom = rows
    row(sheet, top, (text,), bold=True, first=column)
    if bottom > top or (last or column) > column:
        sheet.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=last or column)
    return (last or column) + 1


def row(sheet: Worksheet, number: int, values: Iterable[object], *, bold: bool = False, first: int = 1) -> None:
    thin = Side(style="thin")
    for column, value in enumerate(values, start=first):
        cell = sheet.cell(number, column)
        cell.value = value  # type: ignore[assignment]  # the stubs narrow cell values more than openpyxl does
        if bold:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if number >= HEADING_ROW and value is not None:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        if bold and len(str(value)) > 12 and number == HEADING_ROW:
            sheet.column_dimensions[get_column_letter(column)].width = 18


def day_cell(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a date cell has no time zone


def written(figure: Decimal | CommentLevel | None, *, comma: bool = False) -> object:
    """A mark as a number, or as text with a comma, as teachers also type it; a comment level as its letters."""
    if isinstance(figure, Decimal):
        return str(figure).replace(".", ",") if comma else float(figure)
    return figure.value if figure else None


def workbook_bytes(book: Workbook) -> bytes:
    """The `.xlsx` file, with no time of making in it, so that the same workbook gives the same bytes."""
    buffer, stable = io.BytesIO(), io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(made.namelist()):
            content = re.sub(rb"(<dcterms:\w+ [^>]*>)[^<]*", rb"\g<1>2026-06-01T00:00:00Z", made.read(name))
            kept.writestr(zipfile.ZipInfo(name, (2026, 6, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return stable.getvalue()


def ship(sample: SampleClass, book: Workbook) -> None:
    """Write the workbook to where the program looks for it."""
    (_SHIPPED / sample.file_name).write_bytes(workbook_bytes(book))
