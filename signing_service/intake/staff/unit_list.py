"""A workbook of schools and offices becomes units of the directory, or findings that name sheet, row and column."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from signing_service.directory.units import OrganisationUnit, School, UnitKind, successors
from signing_service.errors import IntegrityError, InvalidInputError
from signing_service.ids import UnitCode
from signing_service.intake.findings import Finding
from signing_service.intake.limits import DEFAULT_LIMITS, WorkbookLimits
from signing_service.intake.staff.cells import RowCells
from signing_service.intake.staff.columns import UNIT_COLUMNS, UnitColumn
from signing_service.intake.staff.findings import ListFindings
from signing_service.intake.staff.tables import find_lists
from signing_service.intake.staff.units import read_unit
from signing_service.intake.workbook import open_workbook
from signing_service.records.jcs import JsonValue

_NEEDED: Final = frozenset({UnitColumn.CODE, UnitColumn.NAME, UnitColumn.PROVINCE})


@dataclass(frozen=True, slots=True)
class ImportedUnit:
    """One unit and the row that says so."""

    sheet: str
    row: int
    unit: OrganisationUnit


@dataclass(frozen=True, slots=True)
class UnitIntake:
    """Good rows kept, bad rows refused and listed."""

    records: tuple[ImportedUnit, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]

    def to_json(self) -> dict[str, JsonValue]:
        """The answer of `import schools ... --dry-run --json`: `{records: [{sheet, row, record}], errors: [..], warnings: [..]}`."""
        return {
            "records": [{"sheet": found.sheet, "row": found.row, "record": _record(found.unit)} for found in self.records],
            "errors": [dict(finding.to_json()) for finding in self.errors],
            "warnings": [dict(finding.to_json()) for finding in self.warnings],
        }


@dataclass(frozen=True, slots=True)
class _ListedUnit:
    cells: RowCells
    unit: OrganisationUnit


def read_units(data: bytes, *, today: date, units: Sequence[OrganisationUnit] = (), limits: WorkbookLimits = DEFAULT_LIMITS) -> UnitIntake:
    """Read a list of schools and offices, `.xlsx` or `.xls`.

    Good rows are kept; a bad row is refused, with every error named, and the others go on. A file that is no workbook gives no records and
    one error without a sheet. Nothing is stored; the same bytes on the same day give the same result.

    Args:
        data: The uploaded file; it is not trusted.
        today: The day of the import in Vietnam; renamings and mergers that lie ahead are refused.
        units: The registered units: departments and successors may be among them instead of in the list.
        limits: How large the workbook may be.
    """
    try:
        sheets = open_workbook(data, limits)
    except InvalidInputError as refusal:
        return UnitIntake((), (Finding("", 0, None, refusal.code, refusal.vi, refusal.en),), ())
    findings = ListFindings()
    tables = find_lists(sheets, UNIT_COLUMNS, _NEEDED, findings)
    rows = [RowCells(table, row, findings) for table in tables for row in table.rows(UnitColumn.CODE, UnitColumn.NAME)]
    listed = [_ListedUnit(cells, unit) for cells in rows if (unit := read_unit(cells, today=today)) is not None]
    _refuse_doubled(listed)
    known = {unit.code: unit for unit in units} | {found.unit.code: found.unit for found in listed}
    complete = [_with_department(found, known) for found in listed]
    for found in complete:
        _check_merger(found, known)
    records = tuple(
        ImportedUnit(found.cells.table.sheet.name, found.cells.row, found.unit)
        for found in complete
        if not findings.is_refused(found.cells.place())
    )
    errors, warnings = findings.ordered({sheet.name: position for position, sheet in enumerate(sheets)})
    return UnitIntake(records, errors, warnings)


def _refuse_doubled(listed: Sequence[_ListedUnit]) -> None:
    by_code: defaultdict[UnitCode, list[_ListedUnit]] = defaultdict(list)
    for found in listed:
        by_code[found.unit.code].append(found)
    for same in by_code.values():
        for found in same if len(same) > 1 else ():
            others = ", ".join(str(other.cells.row) for other in same if other is not found)
            found.cells.refuse("unit-code-doubled", UnitColumn.CODE, what=others)


def _with_department(found: _ListedUnit, known: Mapping[UnitCode, OrganisationUnit]) -> _ListedUnit:
    """A school names its department by code; where it names none, the one department that is known is meant."""
    school = found.unit
    if not isinstance(school, School):
        return found
    departments = {code: unit.name for code, unit in known.items() if unit.kind is UnitKind.DEPARTMENT}
    code = school.department_code or (next(iter(departments)) if len(departments) == 1 else "")
    name = departments.get(UnitCode(code)) or school.department_name
    if not code or not name:
        trouble = "department-unknown" if code else "value-missing"
        found.cells.refuse(trouble, UnitColumn.DEPARTMENT_CODE, what=UnitColumn.DEPARTMENT_CODE.value)
    return _ListedUnit(found.cells, replace(school, department_code=code, department_name=name))


def _check_merger(found: _ListedUnit, known: Mapping[UnitCode, OrganisationUnit]) -> None:
    merger = found.unit.merged_into
    if merger is None:
        return
    if merger.into not in known:
        found.cells.refuse("merger-target-unknown", UnitColumn.MERGED_INTO)
        return
    try:
        successors(found.unit.code, known.get, on=date.max)
    except IntegrityError:
        found.cells.refuse("merger-circle", UnitColumn.MERGED_INTO)


def _record(unit: OrganisationUnit) -> dict[str, JsonValue]:
    former: list[JsonValue] = [{"name": name.name, "until": name.until.isoformat()} for name in unit.former_names]
    merger = unit.merged_into
    record: dict[str, JsonValue] = {
        "code": unit.code,
        "kind": unit.kind.value,
        "name": unit.name,
        "commune": unit.commune or None,
        "province": unit.province,
        "place_of_issue": unit.place_of_issue,
        "former_names": former,
        "merged_into": {"code": merger.into, "since": merger.since.isoformat()} if merger else None,
    }
    if isinstance(unit, School):
        record |= {
            "levels": [level.value for level in unit.levels],
            "ownership": unit.ownership.value if unit.ownership else None,
            "district": unit.district,
            "department_code": unit.department_code,
            "department_name": unit.department_name,
        }
    return record
