"""Which class and school year is the workbook about, and does a sheet belong to it?"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from signing_service.errors import InvalidInputError
from signing_service.intake.collecting import Findings
from signing_service.intake.kinds import ClassSheet
from signing_service.records.rules.registry import RuleSet, rules_for
from signing_service.records.transcript import EducationLevel

_SCHOOL_YEAR_BEGINS: Final = (7, 1)
_LAST_GRADES: Final = ((5, EducationLevel.PRIMARY), (9, EducationLevel.LOWER_SECONDARY))


@dataclass(frozen=True, slots=True)
class ClassHead:
    """What the head of the class list says."""

    school_year: str
    grade: int
    class_name: str
    rules: RuleSet


def level_of(grade: int) -> EducationLevel:
    """The level of school that a grade belongs to."""
    return next((level for last, level in _LAST_GRADES if grade <= last), EducationLevel.UPPER_SECONDARY)


def read_class_head(sheet: ClassSheet, today: date | None, findings: Findings) -> ClassHead | None:
    """The class of the class list; None, with the reason among the findings, when no transcript can be made."""
    head = sheet.head
    if head.school_year is None or head.grade is None or head.class_name is None:
        findings.refuse("class-missing" if head.school_year else "school-year-missing", sheet.place())
        return None
    year = head.school_year
    if today is not None and date(int(year.text[:4]), *_SCHOOL_YEAR_BEGINS) > today:
        findings.refuse("school-year-future", sheet.place(year.row, year.column))
        return None
    try:
        rules = rules_for(year.text, level_of(head.grade), head.grade)
    except InvalidInputError:
        findings.refuse("level-unsupported", sheet.place(head.class_at.row, head.class_at.column) if head.class_at else sheet.place())
        return None
    return ClassHead(year.text, head.grade, head.class_name, rules)


def same_class(sheet: ClassSheet, head: ClassHead, findings: Findings) -> bool:
    """Whether the sheet names the same class and year, or none; a sheet of another one is refused as a whole."""
    year, name = sheet.head.school_year, sheet.head.class_name
    if year is not None and year.text != head.school_year:
        findings.refuse("school-year-wrong", sheet.place(year.row, year.column))
        return False
    if name is not None and name != head.class_name:
        at = sheet.head.class_at
        findings.refuse("class-differs", sheet.place(at.row, at.column) if at else sheet.place())
        return False
    return True
