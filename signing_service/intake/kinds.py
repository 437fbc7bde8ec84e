"""Which sheet of a class workbook is which, told by its headings; the semesters by their titles or names."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import Final

from signing_service.intake.collecting import Findings, Place
from signing_service.intake.headings import Field, SubjectColumn
from signing_service.intake.letterhead import Letterhead, read_letterhead
from signing_service.intake.splitting import has_single_marks, split
from signing_service.intake.tables import Table, find_table
from signing_service.intake.workbook import Sheet


class Kind(StrEnum):
    """The sheets of a class workbook, by the names that schools give them."""

    PUPILS = "Danh sach HS"
    ASSIGNMENTS = "Phan cong GV"
    ELECTIVES = "Mon lua chon"
    SEMESTER_1 = "Hoc ki 1"
    SEMESTER_2 = "Hoc ki 2"
    YEAR = "Ca nam"
    REMARKS = "Nhan xet mon"
    SUMMER = "Danh gia lai"


_SEMESTERS: Final = MappingProxyType({1: Kind.SEMESTER_1, 2: Kind.SEMESTER_2})
_SAMPLED_ROWS: Final = 20
_LONGEST_LEVEL: Final = 8


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """One recognised sheet."""

    kind: StrEnum
    table: Table
    head: Letterhead

    def place(self, row: int = 0, column: int | None = None) -> Place:
        """A place on this sheet."""
        return Place(self.table.sheet.label, row, column)


def class_sheets(sheets: tuple[Sheet, ...], findings: Findings) -> tuple[ClassSheet, ...]:
    """The recognised sheets in the workbook's order; what is unknown goes to the findings. A sheet may be several."""
    found = []
    for sheet in sheets:
        if not any(True for row in range(1, sheet.height + 1) for _ in sheet.filled(row)):
            continue
        table = find_table(sheet)
        head = read_letterhead(table) if table else None
        of_sheet = [
            ClassSheet(kind, part, head)
            for semester, part in (split(table, head) if table and head else ())
            if head and (kind := _kind(part, semester)) is not None
        ]
        if not of_sheet:
            findings.warn("sheet-not-recognised", Place(sheet.label))
        found += of_sheet
    return tuple(found)


def _kind(table: Table, semester: int) -> Kind | None:
    columns = table.columns
    if Field.SUBJECT in columns and Field.TEACHER in columns:
        return Kind.ASSIGNMENTS
    if Field.RETEST_RESULT in columns:
        return Kind.SUMMER
    if not table.subjects():
        return _kind_without_subjects(table, semester)
    if has_single_marks(table):
        return _SEMESTERS.get(semester)
    if Field.LEARNING in columns or Field.CONDUCT in columns:
        return _SEMESTERS.get(semester, Kind.YEAR)
    return Kind.REMARKS if _holds_remarks(table) else _SEMESTERS.get(semester, Kind.YEAR)


def _kind_without_subjects(table: Table, semester: int) -> Kind | None:
    columns = table.columns
    if Field.SEX in columns or Field.ETHNICITY in columns:
        return Kind.PUPILS
    if table.choice_columns():
        return Kind.ELECTIVES
    if Field.CONDUCT in columns or Field.LEARNING in columns:
        return _SEMESTERS.get(semester, Kind.YEAR)
    return Kind.PUPILS if Field.BIRTH_DATE in columns else None


def _holds_remarks(table: Table) -> bool:
    """Whether words stand under the subjects, and neither marks nor Đ and CĐ."""
    keys = [key for key in table.columns if isinstance(key, SubjectColumn)]
    cells = [table.text(row, key) for row in islice(table.data_rows(), _SAMPLED_ROWS) for key in keys]
    return any(len(text) > _LONGEST_LEVEL for text in cells) or not any(cells)
