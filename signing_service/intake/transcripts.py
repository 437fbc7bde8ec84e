"""One pupil's rows from all sheets become one transcript."""

from collections.abc import Sequence
from dataclasses import dataclass

from signing_service.intake.assignments import ClassSubject
from signing_service.intake.electives import subjects_taken
from signing_service.intake.headings import Field, Part, SubjectColumn
from signing_service.intake.row_reader import RowReader, reader_with
from signing_service.intake.schools import Signatories
from signing_service.intake.semesters import SemesterRow, read_semester
from signing_service.intake.summers import Summer, apply_summer, read_summer
from signing_service.intake.years import (
    YearOutcome,
    check_figures,
    check_outcome,
    compute_year,
    frame_of_semesters,
    stated_figures,
    stated_frame,
    year_figures,
)
from signing_service.records.parties import Pupil, StudyYear
from signing_service.records.rules.registry import RuleSet
from signing_service.records.transcript import AfterSummer, CommentLevel, HomeroomRemarks, Subject, Transcript


@dataclass(frozen=True, slots=True)
class ClassOfWorkbook:
    """What holds for every pupil of the workbook."""

    rules: RuleSet
    school_year: str
    grade: int
    class_name: str
    subjects: tuple[ClassSubject, ...]
    signatories: Signatories
    both_semesters: bool
    """Whether the sheets of both semesters are there, so that the year follows from them; else the year's sheet is taken over."""


@dataclass(frozen=True, slots=True)
class PupilRows:
    """The pupil's rows on each sheet: none, one, or several where the sheet allows it or somebody doubled a row."""

    semester_1: tuple[RowReader, ...]
    semester_2: tuple[RowReader, ...]
    year: tuple[RowReader, ...]
    remarks: tuple[RowReader, ...]
    summer: tuple[RowReader, ...]
    electives: tuple[RowReader, ...]


def transcript_of(pupil: Pupil | None, rows: PupilRows, of_class: ClassOfWorkbook) -> Transcript | None:
    """The transcript, or None when a row or a figure is missing; every row is read all the same, so that every error is named."""
    subjects = subjects_taken(rows.electives, (*rows.semester_1, *rows.semester_2, *rows.year), of_class.subjects, of_class.rules)
    readings = of_class.rules.readings
    first, second = (read_semester(of, subjects, readings) if of else None for of in (rows.semester_1, rows.semester_2))
    year_remark = reader_with(rows.year, Field.REMARK).remark(Field.REMARK) if rows.year else None
    outcome = _outcome(first, second, rows.year, subjects, of_class)
    if outcome is None:
        return None
    for year in rows.year:
        check_outcome(year, outcome)
    summer = read_summer(rows.summer, outcome, subjects) if rows.summer else None
    again = apply_summer(rows.summer, outcome, summer, readings) if summer else None
    remarks = HomeroomRemarks(year=year_remark, semester_1=first.remark if first else None, semester_2=second.remark if second else None)
    computed = _Computed(first, second, outcome, summer, again)
    table = tuple(_subject(s, computed, rows) for s in subjects)
    return _transcript(pupil, of_class, computed, remarks, table) if pupil is not None else None


def _outcome(
    first: SemesterRow | None,
    second: SemesterRow | None,
    years: Sequence[RowReader],
    subjects: Sequence[ClassSubject],
    of_class: ClassOfWorkbook,
) -> YearOutcome | None:
    readings = of_class.rules.readings
    if of_class.both_semesters:
        if first is None or second is None:
            return None
        figures = year_figures(subjects, first, second)
        for year in years:
            check_figures(year, figures, second)
        return compute_year(figures, subjects, frame_of_semesters(first, second), readings)
    return compute_year(stated_figures(years, subjects), subjects, stated_frame(years), readings) if years else None


@dataclass(frozen=True, slots=True)
class _Computed:
    first: SemesterRow | None
    second: SemesterRow | None
    outcome: YearOutcome
    summer: Summer | None
    again: AfterSummer | None


def _transcript(
    pupil: Pupil, of_class: ClassOfWorkbook, computed: _Computed, remarks: HomeroomRemarks, table: tuple[Subject, ...]
) -> Transcript:
    signatories, outcome = of_class.signatories, computed.outcome
    return Transcript(
        rules=of_class.rules.identifier,
        form=of_class.rules.form,
        school_year=of_class.school_year,
        level=of_class.rules.level,
        grade=of_class.grade,
        class_name=of_class.class_name,
        issuer=signatories.issuer,
        pupil=pupil,
        subjects=table,
        semester_1=computed.first.result if computed.first else None,
        semester_2=computed.second.result if computed.second else None,
        year=outcome.result,
        title=outcome.title,
        promotion=outcome.promotion,
        after_summer=computed.again,
        remarks=remarks,
        homeroom_teacher=signatories.homeroom_teacher,
        principal=signatories.principal,
        study_history=(StudyYear(of_class.school_year, of_class.class_name, signatories.issuer.school_name),),
    )


def _subject(subject: ClassSubject, computed: _Computed, rows: PupilRows) -> Subject:
    year = computed.outcome.figures[subject.code]
    again = computed.summer.retests.get(subject.code) if computed.summer else None
    return Subject(
        code=subject.code,
        name=subject.name,
        kind=subject.kind,
        periods_per_year=subject.periods,
        semester_1=computed.first.subjects.get(subject.code) if computed.first else None,
        semester_2=computed.second.subjects.get(subject.code) if computed.second else None,
        year_average=year.average,
        year_comment=year.comment,
        year_origin=computed.outcome.origin,
        reassessed_mark=None if again is None or isinstance(again, CommentLevel) else again,
        reassessed_comment=again if isinstance(again, CommentLevel) else None,
        teacher=subject.teacher,
        remark=_remark(subject.code, rows),
        optional=subject.optional,
    )


def _remark(code: str, rows: PupilRows) -> str | None:
    """From the sheet of remarks, or the latest one on the subject's own sheets."""
    for readers, part in ((rows.remarks, Part.RESULT), (rows.semester_2, Part.REMARK), (rows.semester_1, Part.REMARK)):
        key = SubjectColumn(code, part)
        if readers and reader_with(readers, key).has(key):
            return reader_with(readers, key).remark(key)
    return None
