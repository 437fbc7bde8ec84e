"""A class workbook becomes transcripts, or findings that name sheet, row and column."""

from collections.abc import Mapping, Sequence
from datetime import date

from signing_service.errors import InvalidInputError
from signing_service.intake.assignments import ClassSubject, class_subjects
from signing_service.intake.class_head import ClassHead, read_class_head, same_class
from signing_service.intake.collecting import Findings
from signing_service.intake.findings import Finding
from signing_service.intake.kinds import ClassSheet, Kind, class_sheets
from signing_service.intake.limits import DEFAULT_LIMITS, WorkbookLimits
from signing_service.intake.matching import refuse_missing, rows_by_code
from signing_service.intake.primary.reading import is_primary, primary_records
from signing_service.intake.pupils import ClassList, ListedPupil, read_class_list
from signing_service.intake.result import ImportedTranscript, IntakeResult
from signing_service.intake.row_reader import RowReader
from signing_service.intake.schools import KnownSchool, Signatories, read_signatories
from signing_service.intake.transcripts import ClassOfWorkbook, PupilRows, transcript_of
from signing_service.intake.workbook import Sheet, open_workbook


def read_transcripts(
    data: bytes, *, schools: Sequence[KnownSchool] = (), today: date | None = None, limits: WorkbookLimits = DEFAULT_LIMITS
) -> IntakeResult:
    """Read an `.xlsx` or `.xls` class workbook of primary or lower secondary school.

    Good rows are kept; a bad row is refused, with every error named, and the others go on. A file that is no workbook, is protected, or is
    larger than `limits` gives no records and one error without a sheet. Nothing is stored; the same bytes give the same result.

    Args:
        data: The uploaded file; it is not trusted.
        schools: The registered schools, by whose names the workbook's school is found.
        today: The day of the import in Vietnam; a school year that has not begun is refused. None leaves that out.
        limits: How large the workbook may be.
    """
    try:
        sheets = open_workbook(data, limits)
    except InvalidInputError as refusal:
        return IntakeResult((), (Finding("", 0, None, refusal.code, refusal.vi, refusal.en),), ())
    findings = Findings()
    records = (primary_records if is_primary(sheets) else _records)(sheets, schools, today, findings)
    names = {sheet.name: position for position, sheet in enumerate(sheets)}
    return IntakeResult(records, _ordered(findings.errors, names), _ordered(findings.warnings, names))


def _ordered(findings: Sequence[Finding], sheets: Mapping[str, int]) -> tuple[Finding, ...]:
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (sheets.get(f.sheet, -1), f.row, len(f.column or ""), f.column or "", f.code)))


def _records(
    sheets: tuple[Sheet, ...], schools: Sequence[KnownSchool], today: date | None, findings: Findings
) -> tuple[ImportedTranscript, ...]:
    found = class_sheets(sheets, findings)
    listed = found.get(Kind.PUPILS)
    head = read_class_head(listed, today, findings) if listed else None
    if listed is None or head is None:
        return ()
    usable = {kind: sheet for kind, sheet in found.items() if same_class(sheet, head, findings)}
    first, second = usable.get(Kind.SEMESTER_1), usable.get(Kind.SEMESTER_2)
    subjects = class_subjects(_subject_codes(first, second), usable.get(Kind.ASSIGNMENTS), findings)
    signatories = read_signatories(listed, schools, [s.teacher for s in subjects if s.teacher], findings)
    pupils = read_class_list(listed, grade=head.grade, school_year=head.school_year, findings=findings)
    if first is None or second is None or signatories is None:
        return ()
    rows = _rows(usable, listed, pupils, findings)
    workbook_class = _class_of(head, subjects, signatories)
    return tuple(
        ImportedTranscript(listed.table.sheet.name, pupil.row, transcript)
        for pupil in pupils.rows
        if pupil.code in pupils.by_code and not pupil.left
        if (transcript := transcript_of(pupil.pupil, _readers(rows, usable, pupil, findings), workbook_class)) is not None
        if pupil.code not in findings.refused
    )


def _subject_codes(*sheets: ClassSheet | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for sheet in sheets if sheet for code in sheet.table.subjects()))


def _rows(
    usable: Mapping[Kind, ClassSheet], listed: ClassSheet, pupils: ClassList, findings: Findings
) -> Mapping[Kind, Mapping[str, tuple[int, ...]]]:
    rows = {}
    for kind in (Kind.SEMESTER_1, Kind.SEMESTER_2, Kind.YEAR, Kind.REMARKS, Kind.SUMMER, Kind.ELECTIVES):
        if kind in usable:
            rows[kind] = rows_by_code(usable[kind], pupils, findings, several=kind is Kind.SUMMER)
            if kind in (Kind.SEMESTER_1, Kind.SEMESTER_2, Kind.YEAR, Kind.ELECTIVES):
                refuse_missing(usable[kind], listed, pupils, frozenset(rows[kind]), findings)
    return rows


def _readers(
    rows: Mapping[Kind, Mapping[str, tuple[int, ...]]], sheets: Mapping[Kind, ClassSheet], pupil: ListedPupil, findings: Findings
) -> PupilRows:
    readers = {
        kind: tuple(RowReader(sheets[kind], row, pupil.code, findings) for row in of_sheet.get(pupil.code, ()))
        for kind, of_sheet in rows.items()
    }
    return PupilRows(
        semester_1=readers[Kind.SEMESTER_1],
        semester_2=readers[Kind.SEMESTER_2],
        year=readers.get(Kind.YEAR, ()),
        remarks=readers.get(Kind.REMARKS, ()),
        summer=readers.get(Kind.SUMMER, ()),
        electives=readers.get(Kind.ELECTIVES, ()),
    )


def _class_of(head: ClassHead, subjects: tuple[ClassSubject, ...], signatories: Signatories) -> ClassOfWorkbook:
    return ClassOfWorkbook(head.rules, head.school_year, head.grade, head.class_name, subjects, signatories)
