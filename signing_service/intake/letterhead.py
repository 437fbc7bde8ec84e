"""What stands around a sheet's table: school year, grade, class, semester, school, and who signs below."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from signing_service.intake.tables import Table
from signing_service.intake.text import clean, folded, raw_text
from signing_service.intake.workbook import Sheet

_SCHOOL_YEAR: Final = re.compile(r"năm học\s*:?\s*(20\d\d)\s*[-–—]\s*(20\d\d)", re.IGNORECASE)
_GRADE_AND_CLASS: Final = re.compile(r"khối\s*:?\s*(\d{1,2})\s*[-–—]\s*lớp\s*:?\s*([0-9A-ZĐa-zđ./]+)", re.IGNORECASE)
_SEMESTER: Final = re.compile(r"học k[ỳì]\s*:?\s*(II|I|2|1)\b", re.IGNORECASE)
_HOMEROOM: Final = re.compile(r"giáo viên chủ nhiệm\s*:\s*(.+)", re.IGNORECASE)
_SCHOOL: Final = re.compile(r"trường\s.+", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"(?:ủy|uỷ) ban nhân dân\s+(.+)", re.IGNORECASE)
_PLACE: Final = re.compile(r"(.+?),\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+20\d\d", re.IGNORECASE)
_PRINCIPALS: Final = ("hieutruong", "phohieutruong")
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
    place: Found | None
    principal: Found | None
    principal_title: str | None


def read_letterhead(table: Table) -> Letterhead:
    """What the rows above and below `table` say."""
    above = tuple(_texts(table.sheet, range(1, table.heading_row)))
    below = tuple(_texts(table.sheet, range(table.first_row, table.sheet.height + 1)))
    year = _first(above, _SCHOOL_YEAR)
    grade = _first(above, _GRADE_AND_CLASS)
    semester = _first(above, _SEMESTER)
    principal, title = _principal(table.sheet, below)
    return Letterhead(
        school_year=Found(f"{year[1][1]}-{year[1][2]}", year[0].row, year[0].column) if year else None,
        grade=int(grade[1][1]) if grade else None,
        class_name=grade[1][2] if grade else None,
        class_at=grade[0] if grade else None,
        semester={"1": 1, "I": 1, "2": 2, "II": 2}[semester[1][1].upper()] if semester else None,
        school=_part(_first(above, _SCHOOL), 0),
        authority=_part(_first(above, _AUTHORITY), 1),
        homeroom_teacher=_part(_first(above, _HOMEROOM), 1),
        place=_part(_first(below, _PLACE), 1),
        principal=principal,
        principal_title=title,
    )


def _texts(sheet: Sheet, rows: range) -> Iterator[Found]:
    for row in rows:
        for column, value in sheet.filled(row):
            if isinstance(value, str) and len(value) <= _LONGEST_LINE:
                yield Found(clean(value), row, column)


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
