"""Which sheet of a class workbook is which, told by its headings; the semesters by their titles."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from signing_service.intake.collecting import Findings, Place
from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.letterhead import Letterhead, read_letterhead
from signing_service.intake.tables import Table, find_table
from signing_service.intake.text import folded
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


REQUIRED: Final = (Kind.PUPILS, Kind.SEMESTER_1, Kind.SEMESTER_2)

_SEMESTER_NAME: Final = re.compile(r"(?:hocki|hocky|hk)(ii|i|2|1)")


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """One recognised sheet."""

    kind: StrEnum
    table: Table
    head: Letterhead

    def place(self, row: int = 0, column: int | None = None) -> Place:
        """A place on this sheet."""
        return Place(self.table.sheet.name, row, column)


def class_sheets(sheets: tuple[Sheet, ...], findings: Findings) -> Mapping[Kind, ClassSheet]:
    """The recognised sheets by kind; what is missing, doubled or unknown goes to the findings."""
    found: dict[Kind, ClassSheet] = {}
    for sheet in sheets:
        if not any(True for row in range(1, sheet.height + 1) for _ in sheet.filled(row)):
            continue
        table = find_table(sheet)
        head = read_letterhead(table) if table else None
        kind = _kind(table, head) if table and head else None
        if table is None or head is None or kind is None:
            findings.warn("sheet-not-recognised", Place(sheet.name))
        elif kind in found:
            findings.refuse("sheet-doubled", Place(sheet.name), what=kind.value)
        else:
            found[kind] = ClassSheet(kind, table, head)
    for kind in REQUIRED:
        if kind not in found:
            findings.refuse("sheet-missing", Place(""), what=f"“{kind.value}”")
    return found


def _kind(table: Table, head: Letterhead) -> Kind | None:
    columns = table.columns
    if Field.SUBJECT in columns and Field.TEACHER in columns:
        return Kind.ASSIGNMENTS
    if Field.RETEST_RESULT in columns:
        return Kind.SUMMER
    if table.choice_columns() and Field.SEX not in columns and not table.subjects():
        return Kind.ELECTIVES
    if any(isinstance(key, SubjectColumn) and key.part is Part.REGULAR for key in columns):
        return {1: Kind.SEMESTER_1, 2: Kind.SEMESTER_2}.get(head.semester or _semester_by_name(table.sheet.name))
    if not table.subjects():
        return Kind.PUPILS if Field.SEX in columns else None
    if Field.LEARNING in columns:
        return {1: Kind.SEMESTER_1, 2: Kind.SEMESTER_2}.get(_semester_by_name(table.sheet.name), Kind.YEAR)
    return Kind.REMARKS


def _semester_by_name(name: str) -> int:
    match = _SEMESTER_NAME.fullmatch(folded(name))
    return {"i": 1, "1": 1, "ii": 2, "2": 2}[match[1]] if match else 0
