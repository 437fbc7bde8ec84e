"""Which sheet of a primary workbook is which: told by its headings, the assessments by their titles."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from signing_service.intake.collecting import Findings, Place
from signing_service.intake.headings import Field, SubjectColumn
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.letterhead import read_letterhead
from signing_service.intake.primary.tables import find_primary_table
from signing_service.intake.tables import Table
from signing_service.intake.text import clean, folded, raw_text
from signing_service.intake.workbook import Sheet
from signing_service.records.primary import AssessmentDate, Trait


class PrimaryKind(StrEnum):
    """The sheets of a primary class workbook, by the names that schools give them."""

    PUPILS = "Danh sach HS"
    ASSIGNMENTS = "Phan cong GV"
    MID_SEMESTER_1 = "Giua HK1"
    END_SEMESTER_1 = "Cuoi HK1"
    MID_SEMESTER_2 = "Giua HK2"
    YEAR = "Cuoi nam"
    REMARKS = "Nhan xet mon"
    SUPPORT = "Danh gia bo sung"


REQUIRED: Final = (PrimaryKind.PUPILS, PrimaryKind.YEAR)
EARLIER: Final[Mapping[PrimaryKind, AssessmentDate]] = {
    PrimaryKind.MID_SEMESTER_1: AssessmentDate.MID_SEMESTER_1,
    PrimaryKind.END_SEMESTER_1: AssessmentDate.END_SEMESTER_1,
    PrimaryKind.MID_SEMESTER_2: AssessmentDate.MID_SEMESTER_2,
}

_SHEET_NAME: Final = re.compile(r"(?:(giua|g)|(?:cuoi|c)?)(?:hocky|hocki|hk|ky|ki|k)(ii|i|2|1)")
_TITLE: Final = re.compile(r"(?:(giua)|(?:cuoi)?)(?:hocky|hocki|hk)(ii|i|2|1)|(?:(giua)|cuoi)(?:ky|ki)(ii|i|2|1)")
_YEAR_END: Final = re.compile(r"cuoinam|canam|tongketnam|^cn$")
_LONGEST_LEVEL: Final = 15
_SAMPLED_CELLS: Final = 200


def primary_sheets(sheets: tuple[Sheet, ...], findings: Findings) -> Mapping[PrimaryKind, ClassSheet]:
    """The recognised sheets by kind; what is missing, doubled or unknown goes to the findings."""
    found: dict[PrimaryKind, ClassSheet] = {}
    for sheet in sheets:
        if not any(True for row in range(1, sheet.height + 1) for _ in sheet.filled(row)):
            continue
        table = find_primary_table(sheet)
        kind = _kind(table) if table else None
        if table is None or kind is None:
            findings.warn("sheet-not-recognised", Place(sheet.name))
        elif kind in found:
            findings.refuse("sheet-doubled", Place(sheet.name), what=f"“{kind.value}”")
        else:
            found[kind] = ClassSheet(kind, table, read_letterhead(table))
            for _, column in table.doubled:
                findings.warn("heading-doubled", Place(sheet.name, table.heading_row, column))
    for kind in REQUIRED:
        if kind not in found:
            findings.refuse("sheet-missing", Place(""), what=f"“{kind.value}”")
    return found


def _kind(table: Table) -> PrimaryKind | None:
    columns = table.columns
    if Field.SUBJECT in columns and Field.TEACHER in columns:
        return PrimaryKind.ASSIGNMENTS
    if not table.subjects():
        if Field.SUBJECT in columns and (Field.LEVEL in columns or Field.DECISION in columns):
            return PrimaryKind.SUPPORT
        return PrimaryKind.PUPILS if Field.SEX in columns else None
    if any(isinstance(key, Trait) for key in columns) or Field.EDUCATION_RESULT in columns or not _holds_remarks(table):
        return _assessment(table)
    return PrimaryKind.REMARKS


def _assessment(table: Table) -> PrimaryKind:
    name = folded(table.sheet.name)
    if match := _SHEET_NAME.fullmatch(name):
        return _of_period(match)
    for spelling in (name, *map(folded, _titles(table))):
        if _YEAR_END.search(spelling):
            return PrimaryKind.YEAR
        if match := _TITLE.search(spelling):
            return _of_period(match)
    return PrimaryKind.YEAR


def _of_period(match: re.Match[str]) -> PrimaryKind:
    said = [part for part in match.groups() if part]
    first, middle = said[-1] in ("i", "1"), len(said) > 1
    if middle:
        return PrimaryKind.MID_SEMESTER_1 if first else PrimaryKind.MID_SEMESTER_2
    return PrimaryKind.END_SEMESTER_1 if first else PrimaryKind.YEAR


def _titles(table: Table) -> Iterator[str]:
    for row in range(1, table.heading_row):
        for _, value in table.sheet.filled(row):
            yield clean(raw_text(value))


def _holds_remarks(table: Table) -> bool:
    """Whether the cells below the subjects are sentences rather than levels and marks."""
    keys = [key for key in table.columns if isinstance(key, SubjectColumn)]
    cells = [text for row in table.data_rows() for key in keys if (text := table.text(row, key))][:_SAMPLED_CELLS]
    return sum(len(text) > _LONGEST_LEVEL for text in cells) * 2 > len(cells)
