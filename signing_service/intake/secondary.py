"""The sheets of secondary classes become transcripts: which rows belong to which pupil, and which sheet says what."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from signing_service.intake.assignments import class_subjects
from signing_service.intake.class_head import read_class_head, same_class
from signing_service.intake.classes import SheetsOfClass, complete, sheets_by_class
from signing_service.intake.collecting import Findings
from signing_service.intake.headings import Field
from signing_service.intake.kinds import ClassSheet, Kind, class_sheets
from signing_service.intake.matching import refuse_missing, rows_by_code
from signing_service.intake.pupils import ClassList, ListedPupil, read_class_list
from signing_service.intake.result import ImportedTranscript
from signing_service.intake.row_reader import RowReader
from signing_service.intake.schools import KnownSchool, read_signatories
from signing_service.intake.transcripts import ClassOfWorkbook, PupilRows, transcript_of
from signing_service.intake.workbook import Sheet

_ASKED: Final = MappingProxyType(
    {
        Field.PERSONAL_ID: "Số định danh cá nhân",
        Field.SEX: "Giới tính",
        Field.ETHNICITY: "Dân tộc",
        Field.NATIONALITY: "Quốc tịch",
    }
)
_WITH_EVERYBODY: Final = (Kind.SEMESTER_1, Kind.SEMESTER_2, Kind.YEAR, Kind.ELECTIVES)
_OF_PUPILS: Final = (*_WITH_EVERYBODY, Kind.REMARKS, Kind.SUMMER)


def secondary_records(
    sheets: tuple[Sheet, ...], schools: Sequence[KnownSchool], today: date | None, findings: Findings
) -> tuple[ImportedTranscript, ...]:
    """The transcripts of every class that the sheets hold, in the order of the class lists."""
    classes = sheets_by_class(class_sheets(sheets, findings), findings)
    return tuple(record for of_class in classes for record in _class_records(of_class, schools, today, findings))


def _class_records(
    of_class: SheetsOfClass, schools: Sequence[KnownSchool], today: date | None, findings: Findings
) -> Iterator[ImportedTranscript]:
    listed = of_class.listed
    head = read_class_head(listed, today, findings)
    if head is None:
        return
    usable = SheetsOfClass(
        listed,
        {
            kind: same
            for kind, found in of_class.by_kind.items()
            if (same := tuple(sheet for sheet in found if sheet is listed or same_class(sheet, head, findings)))
        },
    )
    subjects = class_subjects(_subject_codes(usable), usable.first(Kind.ASSIGNMENTS), findings)
    others = [sheet for found in usable.by_kind.values() for sheet in found]
    signatories = read_signatories(listed, schools, [s.teacher for s in subjects if s.teacher], findings, others=others)
    _tell_absent_columns(listed, findings)
    pupils = read_class_list(listed, grade=head.grade, school_year=head.school_year, findings=findings)
    if not complete(usable, findings) or signatories is None:
        return
    rows = _Rows(usable, pupils, findings)
    read_as = ClassOfWorkbook(
        head.rules, head.school_year, head.grade, head.class_name, subjects, signatories, both_semesters=usable.both_semesters
    )
    for pupil in pupils.rows:
        if pupil.code in pupils.by_code and not pupil.left:
            transcript = transcript_of(pupil.pupil, rows.of(pupil), read_as)
            if transcript is not None and pupil.code not in findings.refused:
                yield ImportedTranscript(listed.table.sheet.label, pupil.row, transcript)


def _tell_absent_columns(listed: ClassSheet, findings: Findings) -> None:
    """A column under an unknown heading would be lost in silence; a summary that stands in for the class list never has these."""
    for key, name in _ASKED.items() if listed.kind is Kind.PUPILS else ():
        if key not in listed.table.columns:
            findings.warn("heading-absent", listed.place(), what=f"“{name}”")


def _subject_codes(of_class: SheetsOfClass) -> tuple[str, ...]:
    """The subjects of the semesters, or those of the year where no semester is known."""
    kinds = (Kind.SEMESTER_1, Kind.SEMESTER_2)
    sheets = [sheet for kind in kinds for sheet in of_class.by_kind.get(kind, ())] or of_class.by_kind.get(Kind.YEAR, ())
    return tuple(dict.fromkeys(code for sheet in sheets for code in sheet.table.subjects()))


class _Rows:
    """Every sheet's rows by pupil, matched once for the whole class."""

    def __init__(self, of_class: SheetsOfClass, pupils: ClassList, findings: Findings) -> None:
        self._findings = findings
        self._found: dict[Kind, list[tuple[ClassSheet, Mapping[str, tuple[int, ...]]]]] = {}
        for kind in _OF_PUPILS:
            for sheet in of_class.by_kind.get(kind, ()):
                rows = rows_by_code(sheet, pupils, findings, several=kind is Kind.SUMMER)
                if kind in _WITH_EVERYBODY:
                    refuse_missing(sheet, of_class.listed, pupils, frozenset(rows), findings)
                self._found.setdefault(kind, []).append((sheet, rows))

    def of(self, pupil: ListedPupil) -> PupilRows:
        return PupilRows(
            semester_1=self._readers(Kind.SEMESTER_1, pupil),
            semester_2=self._readers(Kind.SEMESTER_2, pupil),
            year=self._readers(Kind.YEAR, pupil),
            remarks=self._readers(Kind.REMARKS, pupil),
            summer=self._readers(Kind.SUMMER, pupil),
            electives=self._readers(Kind.ELECTIVES, pupil),
        )

    def _readers(self, kind: Kind, pupil: ListedPupil) -> tuple[RowReader, ...]:
        return tuple(
            RowReader(sheet, row, pupil.code, self._findings)
            for sheet, rows in self._found.get(kind, ())
            for row in rows.get(pupil.code, ())
        )
