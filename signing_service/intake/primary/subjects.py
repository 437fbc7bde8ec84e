"""Which subjects a primary class has, by the sheet of the year's end, and who teaches them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from signing_service.ids import PersonCode
from signing_service.intake.cells import read_whole_number
from signing_service.intake.characters import printable_name
from signing_service.intake.collecting import Findings
from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.primary.headings import language_of, subject_code
from signing_service.intake.tables import Table, heading_path
from signing_service.records.parties import StaffMember
from signing_service.records.primary import Trait
from signing_service.records.rules.primary_subjects import NAMES, compulsory_subjects, ends_with_test

_WHOLES = {"THCN": ("TIN", "CN"), "NT": ("AN", "MT")}
_MAY_BE_LEFT_OUT = frozenset({Trait.TECHNOLOGY, Trait.INFORMATICS})


@dataclass(frozen=True, slots=True)
class PrimarySubject:
    """One subject of the class; `periods` and `teacher` are None where the workbook does not say."""

    code: str
    name: str
    optional: bool
    """Whether a pupil may leave it out; it then takes no part in the result."""
    tested: bool
    """Whether it ends with a test."""
    periods: int | None = None
    teacher: StaffMember | None = None


@dataclass(frozen=True, slots=True)
class PrimaryClass:
    """The subjects in the order of the form, and whether the sheet holds all that the year's result follows from."""

    subjects: tuple[PrimarySubject, ...]
    traits: frozenset[Trait]
    """The qualities and competences that every pupil must have a level in."""
    complete: bool


def primary_class(year: ClassSheet, assignments: ClassSheet | None, grade: int, findings: Findings) -> PrimaryClass:
    """The subjects of the class; what is missing for recomputing the result is told once."""
    table = year.table
    codes = set(table.subjects())
    assigned = _assigned(assignments, findings) if assignments else {}
    subjects = tuple(_subject(code, table, grade, assigned.get(code)) for code in NAMES if code in codes)
    missing = [NAMES[code] for code in _missing_subjects(codes, grade)]
    missing += [f"{NAMES[s.code]} (điểm)" for s in subjects if s.tested and SubjectColumn(s.code, Part.TEST) not in table.columns]
    required = frozenset(Trait) - _MAY_BE_LEFT_OUT
    absent = required - set(table.columns)
    if absent:
        missing.append("phẩm chất, năng lực")
    if missing:
        findings.warn("result-not-recomputable", year.place(table.heading_row), what=", ".join(missing))
    return PrimaryClass(subjects, required - absent, complete=not missing)


def _missing_subjects(codes: set[str], grade: int) -> Iterable[str]:
    compulsory = compulsory_subjects(grade)
    parts = {part for whole, of_whole in _WHOLES.items() if whole in codes for part in of_whole}
    wholes = set(_WHOLES)
    return [code for code in NAMES if code in compulsory - wholes - codes - parts]


def _subject(code: str, table: Table, grade: int, assigned: PrimarySubject | None) -> PrimarySubject:
    column = next(table.columns[key] for key in table.columns if isinstance(key, SubjectColumn) and key.code == code)
    headings = heading_path(table.sheet, table.heading_row, table.first_row - 1, column)
    language = next((named for text in headings if (named := language_of(text)) is not None), None)
    name = f"{NAMES[code]} ({language})" if language else NAMES[code]
    found = PrimarySubject(code, name, code not in compulsory_subjects(grade), ends_with_test(code, grade))
    return found if assigned is None else replace(found, name=assigned.name, periods=assigned.periods, teacher=assigned.teacher)


def _assigned(sheet: ClassSheet, findings: Findings) -> Mapping[str, PrimarySubject]:
    found = {}
    table = sheet.table
    for row in table.data_rows():
        name = table.text(row, Field.SUBJECT)
        code = subject_code(name)
        if code is None:
            findings.warn("subject-unknown", sheet.place(row, table.columns.get(Field.SUBJECT)))
            continue
        teacher = table.text(row, Field.TEACHER)
        if teacher and not printable_name(teacher):
            findings.refuse("name-characters", sheet.place(row, table.columns[Field.TEACHER]))
            teacher = ""
        staff_code = table.text(row, Field.TEACHER_CODE)
        member = StaffMember(name=teacher, code=PersonCode(staff_code) if staff_code else None) if teacher else None
        periods = read_whole_number(table.value(row, Field.PERIODS)) or None
        found[code] = PrimarySubject(code, name, optional=False, tested=False, periods=periods, teacher=member)
    return found
