"""A primary class workbook becomes transcripts, or findings that name sheet, row and column."""

from collections.abc import Mapping, Sequence
from datetime import date

from signing_service.intake.class_head import level_of, read_class_head, same_class
from signing_service.intake.collecting import Findings
from signing_service.intake.kinds import ClassSheet
from signing_service.intake.letterhead import read_letterhead
from signing_service.intake.matching import refuse_missing, rows_by_code
from signing_service.intake.primary.kinds import EARLIER, PrimaryKind, primary_sheets
from signing_service.intake.primary.rows import PrimaryRow
from signing_service.intake.primary.subjects import primary_class
from signing_service.intake.primary.transcripts import PrimaryWorkbook, PupilRows, primary_transcript
from signing_service.intake.pupils import ClassList, ListedPupil, read_class_list
from signing_service.intake.result import ImportedTranscript
from signing_service.intake.schools import KnownSchool, read_signatories
from signing_service.intake.tables import find_table
from signing_service.intake.workbook import Sheet
from signing_service.records.transcript import EducationLevel

_WITH_ROWS = (*EARLIER, PrimaryKind.YEAR, PrimaryKind.REMARKS, PrimaryKind.SUPPORT)

Rows = Mapping[PrimaryKind, Mapping[str, tuple[int, ...]]]


def is_primary(sheets: tuple[Sheet, ...]) -> bool:
    """Whether the workbook is of a primary class, by the first sheet whose head names a grade."""
    tables = (table for sheet in sheets if (table := find_table(sheet)) is not None)
    grades = (grade for table in tables if (grade := read_letterhead(table).grade) is not None)
    return any(level_of(grade) is EducationLevel.PRIMARY for grade in [next(grades, None)] if grade is not None)


def primary_records(
    sheets: tuple[Sheet, ...], schools: Sequence[KnownSchool], today: date | None, findings: Findings
) -> tuple[ImportedTranscript, ...]:
    """The transcripts of a primary class workbook; what stands against one of them goes to the findings.

    Args:
        sheets: The opened workbook.
        schools: The registered schools, by whose names the workbook's school is found.
        today: The day of the import in Vietnam; None lets any school year pass.
        findings: Where errors and warnings go.
    """
    found = primary_sheets(sheets, findings)
    listed = found.get(PrimaryKind.PUPILS)
    head = read_class_head(listed, today, findings) if listed else None
    if listed is None or head is None:
        return ()
    usable = {kind: sheet for kind, sheet in found.items() if same_class(sheet, head, findings)}
    pupils = read_class_list(listed, grade=head.grade, school_year=head.school_year, findings=findings)
    year = usable.get(PrimaryKind.YEAR)
    if year is None:
        return ()
    subjects = primary_class(year, usable.get(PrimaryKind.ASSIGNMENTS), head.grade, findings)
    teachers = [subject.teacher for subject in subjects.subjects if subject.teacher]
    signatories = read_signatories(listed, schools, teachers, findings)
    if signatories is None:
        return ()
    rows = _rows(usable, listed, pupils, findings)
    workbook = PrimaryWorkbook(head, subjects, signatories)
    return tuple(
        ImportedTranscript(listed.table.sheet.name, pupil.row, transcript)
        for pupil in pupils.rows
        if pupil.code in pupils.by_code and not pupil.left
        if (transcript := primary_transcript(pupil.pupil, _readers(rows, usable, pupil, findings), workbook)) is not None
        if pupil.code not in findings.refused
    )


def _rows(usable: Mapping[PrimaryKind, ClassSheet], listed: ClassSheet, pupils: ClassList, findings: Findings) -> Rows:
    rows = {
        kind: rows_by_code(usable[kind], pupils, findings, several=kind is PrimaryKind.SUPPORT) for kind in _WITH_ROWS if kind in usable
    }
    refuse_missing(usable[PrimaryKind.YEAR], listed, pupils, frozenset(rows[PrimaryKind.YEAR]), findings)
    return rows


def _readers(rows: Rows, sheets: Mapping[PrimaryKind, ClassSheet], pupil: ListedPupil, findings: Findings) -> PupilRows:
    return {
        kind: tuple(PrimaryRow(sheets[kind], row, pupil.code, findings) for row in of_sheet.get(pupil.code, ()))
        for kind, of_sheet in rows.items()
    }
