"""What stands around a sheet's table: school year, grade, class, semester, school, and who signs below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from signing_service.intake.tables import Table
from signing_service.intake.text import clean, folded, raw_text
from signing_service.intake.workbook import Sheet

_SCHOOL_YEAR: Final = re.compile(r"(?:năm học|school year)\s*:?\s*(20\d\d)\s*[-–—/]\s*(20\d\d)", re.IGNORECASE)
_GRADE_AND_CLASS: Final = re.compile(r"khối\s*:?\s*(\d{1,2})\s*[-–—,;]\s*lớp\s*:?\s*([0-9A-ZĐa-zđ./]+)", re.IGNORECASE)
_CLASS: Final = re.compile(r"(?:lớp|class)\s*(?:học)?\s*:?\s*((\d{1,2})[A-ZĐ]?[0-9A-ZĐ./]*)", re.IGNORECASE)
_CLASS_NAME: Final = re.compile(r"(?:lớp|lop)?[\s_]*((\d{1,2})[A-ZĐ]\d{0,2})", re.IGNORECASE)
_SEMESTER: Final = re.compile(r"(?:học k[ỳì]|HK)\s*:?\s*(II|I|2|1)\b", re.IGNORECASE)
_HOMEROOM: Final = re.compile(r"(?:giáo viên chủ nhiệm|gvcn)\s*:\s*(.+)", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"môn(?:\s+học)?\s*:\s*([^;|–-]+)", re.IGNORECASE)
_SCHOOL: Final = re.compile(r"trường\s.+", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"(?:ủy|uỷ) ban nhân dân\s+(.+)", re.IGNORECASE)
_PLACE: Final = re.compile(r"(.+?),\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+20\d\d", re.IGNORECASE)
_PRINCIPALS: Final = ("hieutruong", "phohieutruong", "quyenhieutruong")
_SIGNATURE_DEPTH: Final = 8
_LONGEST_LINE: Final = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A text and where it stands."""

    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """None where the sheet does not say it."""

    school_year: Found | None
    """`2025-2026`."""
    grade: int | None
    class_name: str | None
    class_at: Found | None
    semester: int | None
    school: Found | None
    authority: Found | None
    homeroom_teacher: Found | None
    subject: Found | None
    """On a sheet that holds one subject only."""
    place: Found | None
    principal: Found | None
    principal_title: str | None


def read_letterhead(table: Table) -> Letterhead:
    """What the rows above and below `table` say."""
    above = (*_texts(table.sheet, range(1, table.heading_row)), *_lines(table.sheet, range(1, table.heading_row)))
    below = tuple(_texts(table.sheet, range(table.first_row, table.sheet.height + 1)))
    year = _first(above, _SCHOOL_YEAR)
    where, grade, class_name = _class(table.sheet, above)
    semester = _first(above, _SEMESTER)
    principal, title = _principal(table.sheet, below)
    return Letterhead(
        school_year=Found(f"{year[1][1]}-{year[1][2]}", year[0].row, year[0].column) if year else None,
        grade=grade,
        class_name=class_name,
        class_at=where,
        semester={"1": 1, "I": 1, "2": 2, "II": 2}[semester[1][1].upper()] if semester else None,
        school=_part(_first(above, _SCHOOL), 0),
        authority=_part(_first(above, _AUTHORITY), 1),
        homeroom_teacher=_part(_first(above, _HOMEROOM), 1),
        subject=_part(_first(above, _SUBJECT), 1),
        place=_part(_first(below, _PLACE), 1),
        principal=principal,
        principal_title=title,
    )


def _texts(sheet: Sheet, rows: range) -> Iterator[Found]:
    for row in rows:
        for column, value in sheet.filled(row):
            if isinstance(value, str) and len(value) <= _LONGEST_LINE:
                yield Found(clean(value), row, column)


def _lines(sheet: Sheet, rows: range) -> Iterator[Found]:
    """Each row as one line: a label and what it says may stand in two cells."""
    for row in rows:
        texts = [clean(value) for _, value in sheet.filled(row) if isinstance(value, str) and len(value) <= _LONGEST_LINE]
        if len(texts) > 1:
            yield Found(" ".join(texts)[:_LONGEST_LINE], row, next(column for column, _ in sheet.filled(row)))


def _class(sheet: Sheet, above: tuple[Found, ...]) -> tuple[Found | None, int | None, str | None]:
    """Where the class is named, its grade and its name; where no line names it, the sheet's own name may."""
    if hit := _first(above, _GRADE_AND_CLASS):
        return hit[0], int(hit[1][1]), hit[1][2]
    if hit := _first(above, _CLASS):
        return hit[0], int(hit[1][2]), hit[1][1]
    match = _CLASS_NAME.fullmatch(sheet.name.strip())
    return (None, int(match[2]), match[1].upper()) if match else (None, None, None)


def _first(texts: tuple[Found, ...], pattern: re.Pattern[str]) -> tuple[Found, re.Match[str]] | None:
    for found in texts:
        # A school's line begins with its word; the others may stand inside a longer title.
        match = pattern.fullmatch(found.text) if pattern is _SCHOOL else pattern.search(found.text)
        if match:
            return found, match
    return None


def _part(hit: tuple[Found, re.Match[str]] | None, group: int) -> Found | None:
    return Found(hit[1][group].strip(), hit[0].row, hit[0].column) if hit else None


def _principal(sheet: Sheet, below: tuple[Found, ...]) -> tuple[Found | None, str | None]:
    for found in below:
        if folded(found.text) in _PRINCIPALS:
            for row in range(found.row + 1, found.row + _SIGNATURE_DEPTH):
                name = clean(raw_text(sheet.value(row, found.column)))
                if name and not name.startswith("("):
                    return Found(name, row, found.column), found.text.capitalize()
    return None, None
