"""A staff workbook becomes people and appointments, or findings that name sheet, row and column."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from signing_service.directory.units import OrganisationUnit
from signing_service.errors import InvalidInputError
from signing_service.intake.findings import Finding
from signing_service.intake.limits import DEFAULT_LIMITS, WorkbookLimits
from signing_service.intake.staff.cells import RowCells
from signing_service.intake.staff.checks import check_duties, check_person, check_units, refuse_contradictions, without_doubles
from signing_service.intake.staff.columns import STAFF_COLUMNS, StaffColumn
from signing_service.intake.staff.duties import ListedPerson, duties
from signing_service.intake.staff.findings import ListFindings
from signing_service.intake.staff.people import read_person
from signing_service.intake.staff.result import ImportedPerson, StaffIntake
from signing_service.intake.staff.tables import ListTable, find_lists
from signing_service.intake.workbook import Sheet, open_workbook

_NEEDED: Final = frozenset({StaffColumn.CODE, StaffColumn.NAME, StaffColumn.UNIT_CODE})
_YEAR_BEGINS: Final = 7
"""July: until then the school year of the calendar year before goes on."""


def read_staff(
    data: bytes, *, today: date, units: Sequence[OrganisationUnit] | None = None, limits: WorkbookLimits = DEFAULT_LIMITS
) -> StaffIntake:
    """Read a staff list, `.xlsx` or `.xls`, with one sheet or several.

    Good rows are kept; a bad row is refused, with every error named, and the others go on. A file that is no workbook gives no records and
    one error without a sheet. Nothing is stored; the same bytes on the same day give the same result.

    Args:
        data: The uploaded file; it is not trusted.
        today: The day of the import in Vietnam; it gives the school year of a sheet that names none.
        units: The registered units, against which codes and names are checked; None leaves that out.
        limits: How large the workbook may be.
    """
    try:
        sheets = open_workbook(data, limits)
    except InvalidInputError as refusal:
        return StaffIntake((), (Finding("", 0, None, refusal.code, refusal.vi, refusal.en),), ())
    findings = ListFindings()
    people = _people(sheets, today, units, findings)
    held = duties(people)
    check_duties(people, held)
    records = tuple(
        ImportedPerson(p.cells.table.sheet.name, p.cells.row, p.record, held[place])
        for place, p in enumerate(people)
        if not findings.is_refused(p.cells.place())
    )
    errors, warnings = findings.ordered({sheet.name: position for position, sheet in enumerate(sheets)})
    return StaffIntake(records, errors, warnings)


def _people(
    sheets: tuple[Sheet, ...], today: date, units: Sequence[OrganisationUnit] | None, findings: ListFindings
) -> tuple[ListedPerson, ...]:
    tables = find_lists(sheets, STAFF_COLUMNS, _NEEDED, findings)
    read = [person for table in tables for person in _rows(table, today, findings)]
    refuse_contradictions(read)
    if units is not None:
        check_units(read, units)
    people = without_doubles([p for p in read if not findings.is_refused(p.cells.place())])
    for person in people:
        check_person(person)
    return people


def _rows(table: ListTable, today: date, findings: ListFindings) -> Iterator[ListedPerson]:
    school_year = table.school_year()
    if school_year is None:
        school_year = school_year_of(today)
        findings.warn("school-year-missing", table.place(), school_year)
    for row in table.rows(StaffColumn.CODE, StaffColumn.NAME):
        cells = RowCells(table, row, findings)
        record = read_person(cells)
        if record is not None:
            yield ListedPerson(cells, record, school_year)


def school_year_of(day: date) -> str:
    """The school year that goes on at a day, from July to June, such as `2025-2026`."""
    first = day.year if day.month >= _YEAR_BEGINS else day.year - 1
    return f"{first}-{first + 1}"
