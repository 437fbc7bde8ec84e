"""One sheet may be several: both semesters side by side, or one subject that only the title or the sheet's name tells."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from signing_service.intake.headings import ColumnKey, Field, Part, SemesterColumn, SubjectColumn, semester_of, subject_code
from signing_service.intake.letterhead import Letterhead
from signing_service.intake.tables import Table

_SEMESTERS: Final = (1, 2)
_IDENTITY: Final = frozenset({Field.ORDER, Field.CODE, Field.PERSONAL_ID, Field.NAME, Field.BIRTH_DATE})
_SINGLE: Final = (Part.REGULAR, Part.MIDTERM, Part.FINAL)
_SEMESTER_BEHIND: Final = re.compile(r"[\s_:-]*\(?(?:học\s*k[ìỳ]|hoc\s*k[iy]|hk)\s*\.?\s*(?:ii|i|2|1)\)?\s*$", re.IGNORECASE)


def split(table: Table, head: Letterhead) -> Iterator[tuple[int, Table]]:
    """Each table that the sheet holds, with its semester: 1, 2, or 0 for the year and for everything without one."""
    columns = _with_subject(table, head)
    of_semester = {key: column for key, column in columns.items() if isinstance(key, SemesterColumn)}
    common = {key: column for key, column in columns.items() if key not in of_semester}
    named = {key.semester for key in of_semester}
    if named != set(_SEMESTERS):
        # One semester, named by the sheet and again by its headings.
        plain = common | {key.key: column for key, column in of_semester.items() if key.key not in common}
        semester = _semester_of(table, head) or next(iter(named), 0)
        yield semester, replace(table, columns=plain)
        return
    for number in _SEMESTERS:
        own = {key.key: column for key, column in of_semester.items() if key.semester == number}
        yield number, replace(table, columns={key: c for key, c in common.items() if _is_identity(key)} | own, doubled=())
    if any(not _is_identity(key) for key in common):
        yield 0, replace(table, columns=common)


def subject_of_sheet(table: Table, head: Letterhead) -> str | None:
    """The subject that the title or the sheet's name tells."""
    named = head.subject.text if head.subject else _SEMESTER_BEHIND.sub("", table.sheet.name)
    return subject_code(named)


def _with_subject(table: Table, head: Letterhead) -> dict[ColumnKey, int]:
    if not any(_bare(key) for key in table.columns):
        return dict(table.columns)
    code = subject_of_sheet(table, head)
    return {key: column for raw, column in table.columns.items() if (key := _named(raw, code)) is not None}


def _bare(key: ColumnKey) -> bool:
    inner = key.key if isinstance(key, SemesterColumn) else key
    return isinstance(inner, SubjectColumn) and not inner.code


def _named(key: ColumnKey, code: str | None) -> ColumnKey | None:
    inner = key.key if isinstance(key, SemesterColumn) else key
    if inner is Field.REMARK and code is not None:
        # On a sheet of one subject it is the subject teacher who remarks.
        named = SubjectColumn(code, Part.REMARK)
    elif not isinstance(inner, SubjectColumn) or inner.code:
        return key
    elif code is None:
        return None
    else:
        named = replace(inner, code=code)
    return SemesterColumn(key.semester, named) if isinstance(key, SemesterColumn) else named


def _semester_of(table: Table, head: Letterhead) -> int:
    match = _SEMESTER_BEHIND.search(table.sheet.name)
    return head.semester or (semester_of(re.sub(r"[\W_]", "", match[0])) if match else 0)


def _is_identity(key: ColumnKey) -> bool:
    return key in _IDENTITY


def has_single_marks(table: Table) -> bool:
    """Whether single marks stand on the sheet, and not averages only."""
    return any(isinstance(key, SubjectColumn) and key.part in _SINGLE for key in table.columns)
