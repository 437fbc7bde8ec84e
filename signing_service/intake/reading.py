"""Class workbooks become transcripts, or findings that name sheet, row and column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from signing_service.errors import InvalidInputError
from signing_service.intake.collecting import Findings
from signing_service.intake.findings import Finding
from signing_service.intake.limits import DEFAULT_LIMITS, WorkbookLimits
from signing_service.intake.primary.reading import is_primary, primary_records
from signing_service.intake.result import IntakeResult
from signing_service.intake.schools import KnownSchool
from signing_service.intake.secondary import secondary_records
from signing_service.intake.workbook import Sheet, open_workbook


@dataclass(frozen=True, slots=True)
class NamedWorkbook:
    """A file that was handed in together with others, by the name that findings show."""

    name: str
    data: bytes


def read_transcripts(
    data: bytes, *, schools: Sequence[KnownSchool] = (), today: date | None = None, limits: WorkbookLimits = DEFAULT_LIMITS
) -> IntakeResult:
    """Read one `.xlsx` or `.xls` workbook of one class or several.

    Good rows are kept; a bad row is refused, with every error named, and the others go on. A file that is no workbook, is protected, or is
    larger than `limits` gives no records and one error without a sheet. Nothing is stored; the same bytes give the same result.

    Args:
        data: The uploaded file; it is not trusted.
        schools: The registered schools, by whose names the workbook's school is found.
        today: The day of the import in Vietnam; a school year that has not begun is refused. None leaves that out.
        limits: How large the workbook may be.
    """
    return read_workbooks((NamedWorkbook("", data),), schools=schools, today=today, limits=limits)


def read_workbooks(
    workbooks: Sequence[NamedWorkbook],
    *,
    schools: Sequence[KnownSchool] = (),
    today: date | None = None,
    limits: WorkbookLimits = DEFAULT_LIMITS,
) -> IntakeResult:
    """Read workbooks that belong together, such as the summaries of the year and of both semesters, as if all sheets stood in one.

    Findings and records name a sheet of several workbooks as `[file]sheet`. Everything else is as in `read_transcripts`; a file that
    cannot be read refuses all of them.
    """
    sheets: list[Sheet] = []
    unreadable = []
    for workbook in workbooks:
        file = workbook.name if len(workbooks) > 1 else ""
        try:
            sheets += [replace(sheet, file=file) for sheet in open_workbook(workbook.data, limits)]
        except InvalidInputError as refusal:
            unreadable.append(Finding(f"[{file}]" if file else "", 0, None, refusal.code, refusal.vi, refusal.en))
    if unreadable:
        return IntakeResult((), tuple(unreadable), ())
    findings = Findings()
    found = tuple(sheets)
    records = (primary_records if is_primary(found) else secondary_records)(found, schools, today, findings)
    order = {sheet.label: position for position, sheet in enumerate(found)}
    return IntakeResult(records, _ordered(findings.errors, order), _ordered(findings.warnings, order))


def _ordered(findings: Sequence[Finding], sheets: Mapping[str, int]) -> tuple[Finding, ...]:
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (sheets.get(f.sheet, -1), f.row, len(f.column or ""), f.column or "", f.code)))
